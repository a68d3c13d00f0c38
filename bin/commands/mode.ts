import type { Argv, CommandModule } from 'yargs';
import type { KeptMode } from '../../connector/holds/kept-hold.ts';
import type { Mode } from '../../connector/holds/ledger.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { Terminal } from '../terminal/terminal.ts';

const MODES = ['normal', 'read-only', 'hold'] as const satisfies readonly Mode[];

interface ModeArguments extends GlobalArguments {
  readonly mode?: Mode | undefined;
  readonly app?: string | undefined;
  readonly reason?: string | undefined;
}

export const mode: CommandModule<object, ModeArguments> = {
  command: 'mode [mode]',
  describe: 'Show how the apps take changes, or set it: as usual, refused (403), or held until later (429)',
  builder: (yargs: Argv) =>
    yargs
      .positional('mode', { choices: MODES, describe: 'What to set; without it the modes are shown' })
      .option('app', { type: 'string', requiresArg: true, describe: 'Only this app; all without it' })
      .option('reason', { type: 'string', requiresArg: true, describe: 'Why, for the audit log' })
      .example(...example('mode', 'how the apps stand'))
      .example(...example("mode hold --reason 'maintenance of the directory'", 'Okta repeats its changes later'))
      .example(...example('mode normal', 'go on')) as Argv<ModeArguments>,
  handler: async (given) => {
    const [
      { load },
      { audit, mustBeAudited },
      { atDesk, lookAtDesk },
      { chosenApps },
      { modeTable },
      { modeJson },
      host,
    ] = await Promise.all([
      import('../cli/load.ts'),
      import('../cli/audited.ts'),
      import('../../connector/operations/hold/hold-desk.ts'),
      import('../cli/chosen-app.ts'),
      import('../terminal/hold-text.ts'),
      import('./hold/hold-json.ts'),
      import('../host/os-user.ts'),
    ]);
    const terminal = new Terminal(given);
    const loaded = await load(given);
    const chosen = chosenApps(loaded.config, given.app);
    const apps = chosen.map(({ name }) => name);
    const { mode: wanted, reason } = given;
    const show = (modes: readonly KeptMode[]): void => {
      const configured = new Set(chosen.filter((app) => app.read_only).map(({ name }) => name));
      const told = modes.map((one) => (configured.has(one.app) ? { ...one, mode: 'read-only' as const } : one));
      if (terminal.json) terminal.printJson(told.map(modeJson));
      else terminal.print(modeTable(told, configured));
    };
    if (wanted === undefined) {
      const untouched: readonly KeptMode[] = apps.map((app) => ({ app, mode: 'normal' }));
      show(await lookAtDesk(loaded.config, untouched, (desk) => Promise.all(apps.map((app) => desk.mode(app)))));
      return;
    }
    await mustBeAudited(loaded);
    const actor = host.osUser();
    const modes = await atDesk(loaded.config, (desk) => desk.setModes(apps, wanted, { actor, reason }));
    for (const app of apps) await audit(loaded, { action: `mode ${wanted}`, app, details: { reason } }, terminal);
    show(modes);
  },
};
