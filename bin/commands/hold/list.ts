import type { Argv, CommandModule } from 'yargs';
import type { KeptHold } from '../../../connector/holds/kept-hold.ts';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface ListArguments extends GlobalArguments {
  readonly app?: string | undefined;
  readonly open?: boolean | undefined;
}

export const list: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'List the holds: which app, since when, how many requests wait, and why',
  builder: (yargs: Argv) =>
    yargs
      .option('app', { type: 'string', requiresArg: true, describe: 'Only of this app' })
      .option('open', { type: 'boolean', describe: 'Only those that nobody has decided yet' })
      .example(...example('hold list', 'what is held, the newest first'))
      .example(...example('hold list --open --json | jq length', 'in a script')),
  handler: async (given) => {
    const [{ load }, { lookAtDesk }, { chosenApps }, { holdTable }, { holdJson }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../../connector/operations/hold/hold-desk.ts'),
      import('../../cli/chosen-app.ts'),
      import('../../terminal/hold-text.ts'),
      import('./hold-json.ts'),
    ]);
    const terminal = new Terminal(given);
    const { config } = await load(given);
    if (given.app !== undefined) chosenApps(config, given.app);
    const all = await lookAtDesk<readonly KeptHold[]>(config, [], (desk) => desk.holds());
    const holds = all.filter(
      ({ app, ended }) => (given.app ?? app) === app && (given.open !== true || ended === undefined),
    );
    if (terminal.json) terminal.printJson(holds.map(holdJson));
    else if (holds.length === 0) terminal.info(given.open ? 'nothing is held' : 'nothing is held, and nothing was');
    else terminal.print(holdTable(holds));
  },
};
