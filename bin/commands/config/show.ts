import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { shortOptions } from '../../cli/setting-flags.ts';
import { Terminal } from '../../terminal/terminal.ts';

interface ShowArguments extends GlobalArguments {
  readonly origin?: boolean | undefined;
}

export const show: CommandModule<object, ShowArguments> = {
  command: 'show',
  describe: 'Print the settings in force',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('origin', { type: 'boolean', describe: 'Also where each comes from: flag, environment, file or default' })
      .example(...example('config show --origin', 'every setting, and which source won'))
      .example(...example('config show --json | jq .server', 'the [server] table')),
  handler: async (given) => {
    const [{ loadAloud }, { showConfig }] = await Promise.all([
      import('../../cli/load.ts'),
      import('../../terminal/show-config.ts'),
    ]);
    const terminal = new Terminal(given);
    const loaded = await loadAloud(given, terminal);
    terminal.print(showConfig(loaded, { json: terminal.json, origin: given.origin ?? false }));
  },
};
