import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { shortOptions } from '../../cli/setting-flags.ts';
import { Terminal } from '../../terminal/terminal.ts';
import type { ServeArguments } from './run-server.ts';

export const serve: CommandModule<object, ServeArguments> = {
  command: 'serve',
  describe: 'Serve Okta until stopped',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('quickstart', {
        type: 'boolean',
        describe: 'Make a first token if there is none, print what to enter in Okta',
      })
      .option('stop-on-stdin-end', { type: 'boolean', hidden: true })
      .example(...example('serve --quickstart', 'HTTPS on 127.0.0.1:8443, a SQLite file, and the values for Okta'))
      .example(...example('serve --config connector.toml', 'as the file says'))
      .example(...example('serve --db people.db --port 0 --http', 'plain HTTP on a free port, for a test')),
  handler: async (given) => {
    const { Signals } = await import('../../host/signals.ts');
    // Before all that takes time to load.
    const signals = new Signals(given['stop-on-stdin-end'] ? process.stdin : undefined);
    try {
      const { runServer } = await import('./run-server.ts');
      await runServer(given, new Terminal(given), signals);
    } finally {
      signals.close();
    }
  },
};
