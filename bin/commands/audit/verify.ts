import { text } from 'node:stream/consumers';
import type { Argv, CommandModule } from 'yargs';
import type { ChainProblem } from '../../../connector/audit/verify.ts';
import type { Verified } from '../../../connector/operations/audit/audit-log.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { openInput } from '../../host/named-input.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { toSeconds } from '../../terminal/wording.ts';

interface VerifyArguments extends GlobalArguments {
  readonly log?: string | undefined;
}

const WORDS: Readonly<Record<ChainProblem['kind'], string>> = {
  changed: 'not as it was written: changed, or put in later',
  removed: 'removed',
  unlinked: 'does not follow the entry before it',
  cut: 'cut off',
  replaced: 'not the entry that was there when its hash was kept elsewhere',
  'other key': 'written with another key, and cannot be proved: restore the secret.key of that time',
};

function when({ after, before }: ChainProblem): string {
  if (after && before) return ` (between ${toSeconds(after)} and ${toSeconds(before)})`;
  if (after) return ` (after ${toSeconds(after)})`;
  return before ? ` (before ${toSeconds(before)})` : '';
}

const sentence = (problem: ChainProblem): string => {
  const { kind, from, to } = problem;
  return `${from === to ? `entry ${from}` : `entries ${from} to ${to}`}: ${WORDS[kind]}${when(problem)}`;
};

function summary({ entries, first, last, anchored, anchors }: Verified): string {
  if (entries === 0) return 'the audit log is empty';
  const open = (last ?? 0) - anchored;
  const tail =
    open === 0
      ? 'its end is kept elsewhere too'
      : `the last ${open} could have been cut without a trace: nothing kept elsewhere names them yet`;
  const held = anchors === 0 ? '' : `, held to ${anchors} lines of the log`;
  return `entries ${first} to ${last} are whole${held}; ${tail}`;
}

/** Connectors that share a database. */
const OF_THIS_ONE =
  'This is the audit log of this connector alone: each connector has its own, and is verified on its own machine.';

export const verify: CommandModule<object, VerifyArguments> = {
  command: 'verify',
  describe: 'Prove that no entry was changed, removed or put in; ends with 1 when one was',
  builder: (yargs: Argv) =>
    yargs
      .option('log', {
        type: 'string',
        requiresArg: true,
        describe: "The service's log, - for stdin: tells whether the end was cut or all was rewritten",
      })
      .example(...example('audit verify', 'also while the service runs'))
      .example(...example('audit verify --log - < service.log', 'held to what the log was told, too')),
  handler: async (given) => {
    const input = given.log === undefined ? undefined : openInput(given.log === '-' ? undefined : given.log);
    const [{ load }, { verifyAudit }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../../connector/operations/audit/audit-log.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config, secrets } = await load(given);
    const log = input === undefined ? '' : await text(input.stream);
    const verified = verifyAudit({ stateDir: config.state_dir, key: secrets.derivedKey('audit') }, log);
    const { problems } = verified;
    if (terminal.json) terminal.printJson({ ok: problems.length === 0, ...verified });
    else terminal.print(problems.length === 0 ? summary(verified) : problems.map(sentence).join('\n'));
    if (config.state.backend !== 'files') terminal.info(OF_THIS_ONE);
    if (problems.length > 0) process.exitCode = EXIT.unexpected;
  },
};
