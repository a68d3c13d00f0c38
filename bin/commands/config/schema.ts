import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

export const schema: CommandModule<object, GlobalArguments> = {
  command: 'schema',
  describe: 'Print the JSON Schema of the configuration file',
  builder: (yargs: Argv) =>
    yargs.example(...example('config schema > connector.schema.json', 'completion and checks in an editor')),
  handler: async (given) => {
    const { jsonSchema } = await import('../../../connector/config/schema/settings.ts');
    new Terminal(given).printJson(jsonSchema());
  },
};
