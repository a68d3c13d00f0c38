import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { table } from '../../terminal/table.ts';
import { Terminal } from '../../terminal/terminal.ts';

export const status: CommandModule<object, GlobalArguments> = {
  command: 'status',
  describe: 'Tell whether the service is installed and running',
  builder: (yargs: Argv) =>
    yargs
      .example(...example('service status', 'for people'))
      .example(...example('service status --json', 'for scripts')),
  handler: async (given) => {
    const { serviceControl } = await import('../../host/service/this-service.ts');
    const terminal = new Terminal(given);
    const state = (await serviceControl()).state();
    if (terminal.json) terminal.printJson(state);
    else terminal.print(table(Object.entries(state).map(([name, value]) => [name, String(value)])));
  },
};
