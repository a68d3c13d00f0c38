import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

export const printExample: CommandModule<object, GlobalArguments> = {
  command: 'example',
  describe: 'Print a commented configuration file with every setting',
  builder: (yargs: Argv) => yargs.example(...example('config example > connector.toml', 'a file to start from')),
  handler: async (given) => {
    const { exampleConfig } = await import('../../../connector/config/describe/example.ts');
    new Terminal(given).printDocument('toml', exampleConfig().trimEnd());
  },
};
