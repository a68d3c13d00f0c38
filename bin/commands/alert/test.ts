import { styleText } from 'node:util';
import type { Argv, CommandModule } from 'yargs';
import type { ChannelTest } from '../../../connector/operations/alert/test-alerts.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { EXIT_CODES } from '../../cli/ending.ts';
import { example } from '../../cli/example.ts';
import { EXIT, type ExitCode } from '../../cli/exit-codes.ts';
import { table } from '../../terminal/table.ts';
import { Terminal } from '../../terminal/terminal.ts';

const HOW = [
  'no channel for alerts is configured; put one of these in the configuration (docs/alerts.md):',
  '  [alerts.webhook]  url = "https://…", secret = { secret = "alerts-webhook" }',
  '  [alerts.email]    host = "smtp.…", from = "…", to = ["…"]',
  '  [alerts.os_log]   enabled = true',
];

const mark = (ok: boolean): string =>
  styleText(ok ? 'green' : 'red', ok ? 'ok    ' : 'failed', { stream: process.stdout });

/** One kind of failure has its own code, several have a common one. */
function exitCodeOf(tests: readonly ChannelTest[]): ExitCode {
  if (tests.length === 0) return EXIT.usage;
  const [code, ...others] = new Set(tests.flatMap(({ failure }) => (failure ? EXIT_CODES[failure] : [])));
  if (code === undefined) return EXIT.ok;
  return others.length === 0 ? code : EXIT.failed;
}

export const test: CommandModule<object, GlobalArguments> = {
  command: 'test',
  describe: 'Send a test through every configured channel, and say what happened to it',
  builder: (yargs: Argv) =>
    yargs
      .example(...example('alert test', 'after a change of [alerts], whether the service runs or not'))
      .example(...example("alert test --json | jq '.channels[] | select(.ok == false)'", 'which failed')),
  handler: async (given) => {
    const [{ load }, { testAlerts }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../../connector/operations/alert/test-alerts.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config } = await load(given, 'refuse');
    const tests = await testAlerts(config);
    const exitCode = exitCodeOf(tests);
    if (terminal.json)
      terminal.printJson({ ok: exitCode === EXIT.ok, channels: tests.map(({ failure: _, ...shown }) => shown) });
    else if (tests.length > 0)
      terminal.print(
        table(tests.map(({ ok, channel, to, text }) => [mark(ok), channel, ok ? `${to}: ${text}` : text])),
      );
    if (tests.length === 0) process.stderr.write(`${HOW.join('\n')}\n`);
    process.exitCode = exitCode;
  },
};
