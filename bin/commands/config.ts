import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { Terminal } from '../terminal/terminal.ts';

const show: CommandModule<object, GlobalArguments & { origin?: boolean | undefined }> = {
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
      import('../cli/load.ts'),
      import('../terminal/show-config.ts'),
    ]);
    const terminal = new Terminal(given);
    const loaded = await loadAloud(given, terminal);
    terminal.print(showConfig(loaded, { json: terminal.json, origin: given.origin ?? false }));
  },
};

const printExample: CommandModule<object, GlobalArguments> = {
  command: 'example',
  describe: 'Print a commented configuration file with every setting',
  builder: (yargs: Argv) => yargs.example(...example('config example > connector.toml', 'a file to start from')),
  handler: async (given) => {
    const { exampleConfig } = await import('../../connector/config/describe/example.ts');
    new Terminal(given).print(exampleConfig().trimEnd());
  },
};

const schema: CommandModule<object, GlobalArguments> = {
  command: 'schema',
  describe: 'Print the JSON Schema of the configuration file',
  builder: (yargs: Argv) =>
    yargs.example(...example('config schema > connector.schema.json', 'completion and checks in an editor')),
  handler: async (given) => {
    const { jsonSchema } = await import('../../connector/config/schema/settings.ts');
    new Terminal(given).printJson(jsonSchema());
  },
};

const reference: CommandModule<object, GlobalArguments> = {
  command: 'reference',
  describe: 'Print the reference page of all settings, Markdown',
  builder: (yargs: Argv) => yargs.example(...example('config reference | less', 'every setting, flag and variable')),
  handler: async (given) => {
    const { configReference } = await import('../../connector/config/describe/reference.ts');
    new Terminal(given).print(configReference().trimEnd());
  },
};

export const config: CommandModule<object, GlobalArguments> = {
  command: 'config',
  describe: 'Show settings, print an example, the JSON Schema or the reference',
  builder: (yargs: Argv) =>
    yargs
      .command([show, printExample, schema, reference] as unknown as CommandModule[])
      .demandCommand(1, 'config needs a verb: show, example, schema or reference'),
  handler: () => undefined,
};
