import type { Argv, CommandModule } from 'yargs';
import { catalogue } from '../../connector/backend/catalogue.ts';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import { release } from '../cli/version.ts';
import { table } from '../terminal/table.ts';
import { Terminal } from '../terminal/terminal.ts';

export const version: CommandModule<object, GlobalArguments> = {
  command: 'version',
  describe: 'Print the version and what it runs on',
  builder: (yargs: Argv) => yargs.example(...example('version --json', 'for a bug report')),
  handler: async (given) => {
    const terminal = new Terminal(given);
    const engines: Record<string, string> = {};
    for (const { name, engineVersion } of catalogue) if (engineVersion) engines[name] = await engineVersion();
    const facts = { ...release, node: process.versions.node, ...engines };
    if (terminal.json) terminal.printJson(facts);
    else terminal.print(table(Object.entries(facts).map(([name, value]) => [name, String(value)])));
  },
};
