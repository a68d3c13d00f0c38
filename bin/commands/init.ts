import type { Argv, CommandModule } from 'yargs';
import { example } from '../cli/example.ts';
import { shortOptions } from '../cli/setting-flags.ts';
import { Terminal } from '../terminal/terminal.ts';
import type { InitArguments } from './init-installation.ts';

export const init: CommandModule<object, InitArguments> = {
  command: 'init',
  describe: 'Write a configuration, make the certificate and the first credential',
  builder: (yargs: Argv) =>
    yargs
      .options(shortOptions)
      .option('answers', {
        type: 'string',
        requiresArg: true,
        describe: 'Take the settings from this file, ask nothing',
      })
      .option('yes', { type: 'boolean', alias: 'y', describe: 'Ask nothing: flags and defaults' })
      .option('force', { type: 'boolean', describe: 'Replace the configuration; the old one is kept as FILE.old' })
      .option('token-name', { type: 'string', requiresArg: true, describe: 'Name of the first credential' })
      .option('token-file', { type: 'string', requiresArg: true, describe: 'Write the credential to this new file' })
      .example(...example('init', 'asks four questions'))
      .example(...example('init --yes --server.listen :8443 --tls.names idm01.corp.example', 'silently'))
      .example(...example('init --answers answers.toml --token-file token.txt --json', 'for a script')),
  handler: async (given) => {
    const { init: run } = await import('./init-installation.ts');
    await run(given, new Terminal(given));
  },
};
