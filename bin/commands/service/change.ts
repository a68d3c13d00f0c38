import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../../cli/arguments.ts';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';

/** One of the verbs that do something to the service. @param use  what the example is for */
export const change = (
  verb: 'install' | 'uninstall' | 'start' | 'stop' | 'restart',
  describe: string,
  use: string,
): CommandModule<object, GlobalArguments> => ({
  command: verb,
  describe,
  builder: (yargs: Argv) => yargs.example(...example(`service ${verb}`, use)),
  handler: async (given) => {
    const { serviceControl } = await import('../../host/service/this-service.ts');
    const terminal = new Terminal(given);
    const service = await serviceControl();
    const done = service[verb]() ?? [];
    if (terminal.json) terminal.printJson({ ...service.state(), done });
    else for (const line of done) terminal.print(line);
  },
});
