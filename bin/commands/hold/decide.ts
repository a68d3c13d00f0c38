import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { holdId } from './hold-id.ts';

interface DecideArguments extends GlobalArguments {
  readonly id: string;
  readonly reason?: string | undefined;
}

interface Verb {
  readonly verb: 'release' | 'reject';
  readonly describe: string;
  readonly example: readonly [words: string, about: string];
  /** What happens now. */
  readonly next: string;
}

const decision = ({ verb, describe, example: [words, about], next }: Verb): CommandModule<object, DecideArguments> => ({
  command: `${verb} <id>`,
  describe,
  builder: (yargs: Argv) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'As "hold list" shows it' })
      .option('reason', { type: 'string', requiresArg: true, describe: 'Why, for the audit log' })
      .example(...example(words, about)),
  handler: async (given) => {
    const [{ load }, { audit, mustBeAudited }, { atDesk }, { holdJson }, { osUser }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../cli/audited.ts'),
      import('../../../connector/operations/hold/hold-desk.ts'),
      import('./hold-json.ts'),
      import('../../host/os-user.ts'),
    ]);
    const id = holdId(given.id);
    const terminal = new Terminal(given);
    const loaded = await load(given);
    await mustBeAudited(loaded);
    const { reason } = given;
    const hold = await atDesk(loaded.config, (desk) => desk[verb](id, { actor: osUser(), reason }));
    const details = { hold: id, text: hold.text, requests: hold.requests, reason };
    await audit(loaded, { action: `hold ${verb}`, app: hold.app, details }, terminal);
    if (terminal.json) terminal.printJson(holdJson(hold));
    terminal.info(`${hold.outcome} hold ${id} of ${hold.app}. ${next}`);
  },
});

export const release = decision({
  verb: 'release',
  describe: 'Let the held requests through when Okta repeats them, and the app go on',
  example: ["hold release 1 --reason 'reorganisation, agreed with HR'", 'it is meant so'],
  next: 'Okta repeats what was held by itself; for 48 hours it passes uncounted, and all else is counted anew.',
});

export const reject = decision({
  verb: 'reject',
  describe: 'Refuse the held requests that were too much with 403, and let the app go on',
  example: ["hold reject 1 --reason 'wrong group rule'", 'it was a mistake'],
  next: 'For 48 hours those requests are answered 403, and Okta stops repeating them; others go on.',
});
