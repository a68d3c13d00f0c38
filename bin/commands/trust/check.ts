import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { type TrustArguments, trustOptions } from './trust-arguments.ts';

export const check: CommandModule<GlobalArguments, TrustArguments> = {
  command: 'check',
  describe: "Say whether the agent's truststore leads to our certificate, and what to run if not",
  builder: (yargs: Argv<GlobalArguments>) =>
    trustOptions(yargs)
      .example(...example('trust check', 'on a host that has the agent; after each upgrade of it'))
      .example(...example('trust check --truststore /opt/agent/cacerts', 'this file'))
      .example(...example('trust check --json | jq .trusted', 'in a script')),
  handler: async (given) => {
    const [{ subjectOf }, { checkTrust }, { installCommand, noteFix, printTrust, trustJson }] = await Promise.all([
      import('./trust-subject.ts'),
      import('../../../connector/operations/trust/check-trust.ts'),
      import('./trust-text.ts'),
    ]);
    const terminal = new Terminal(given);
    const { question } = await subjectOf(given);
    const report = checkTrust(question);
    const told = { agent: question.agent, report };
    if (terminal.json) terminal.printJson(trustJson(told));
    else printTrust(told, terminal);
    if (!report.isTrusted) noteFix(told, installCommand(given), terminal);
    else if (question.served !== undefined)
      terminal.info('An upgrade of the agent replaces its Java, and what was imported with it: look again after one.');
    process.exitCode = report.isTrusted ? EXIT.ok : EXIT.nothing;
  },
};
