import type { Argv, CommandModule } from 'yargs';
import type { GlobalArguments } from '../cli/arguments.ts';
import { example } from '../cli/example.ts';
import type { ServiceControl } from '../host/service/service-control.ts';
import { Terminal, table } from '../terminal/terminal.ts';

const open = async (): Promise<ServiceControl> => {
  const { serviceControl } = await import('../host/service/this-service.ts');
  return serviceControl();
};

function changing(
  verb: 'install' | 'uninstall' | 'start' | 'stop' | 'restart',
  describe: string,
  use: string,
): CommandModule<object, GlobalArguments> {
  return {
    command: verb,
    describe,
    builder: (yargs: Argv) => yargs.example(...example(`service ${verb}`, use)),
    handler: async (given) => {
      const terminal = new Terminal(given);
      const service = await open();
      const done = service[verb]() ?? [];
      if (terminal.json) terminal.printJson({ ...service.state(), done });
      else for (const line of done) terminal.print(line);
    },
  };
}

const status: CommandModule<object, GlobalArguments> = {
  command: 'status',
  describe: 'Tell whether the service is installed and running',
  builder: (yargs: Argv) =>
    yargs
      .example(...example('service status', 'for people'))
      .example(...example('service status --json', 'for scripts')),
  handler: async (given) => {
    const terminal = new Terminal(given);
    const state = (await open()).state();
    if (terminal.json) terminal.printJson(state);
    else terminal.print(table(Object.entries(state).map(([name, value]) => [name, String(value)])));
  },
};

export const service: CommandModule<object, GlobalArguments> = {
  command: 'service',
  describe: 'Install, start and stop the service of the operating system',
  builder: (yargs: Argv) =>
    yargs
      .command([
        changing('install', 'Install the service; start it when there is a configuration', 'as root or administrator'),
        changing('uninstall', 'Remove the service; configuration and data stay', 'before the files are removed'),
        changing('start', 'Start the service', 'after "init" and "check"'),
        changing('stop', 'Stop the service; running requests may finish', 'before "data restore" or "data import"'),
        changing('restart', 'Stop and start the service', 'after a setting has changed that a reload does not apply'),
        status,
      ] as unknown as CommandModule[])
      .demandCommand(1, 'service needs a verb: install, uninstall, start, stop, restart or status'),
  handler: () => undefined,
};
