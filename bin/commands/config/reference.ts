import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

export const reference: CommandModule<object, GlobalArguments> = {
  command: 'reference',
  describe: 'Print the reference page of all settings, Markdown',
  builder: (yargs: Argv) => yargs.example(...example('config reference | less', 'every setting, flag and variable')),
  handler: async (given) => {
    const { configReference } = await import('../../../connector/config/describe/reference.ts');
    new Terminal(given).printDocument('markdown', configReference().trimEnd());
  },
};
