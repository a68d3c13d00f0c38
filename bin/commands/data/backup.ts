import type { Argv, CommandModule } from 'yargs';
import { example } from '../../cli/example.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { type DataArguments, dataOptions, storedApp } from './stored-app.ts';

interface BackupArguments extends DataArguments {
  readonly target: string;
  readonly overwrite?: boolean | undefined;
}

export const backup: CommandModule<object, BackupArguments> = {
  command: 'backup <target>',
  describe: 'Copy the database into one file, also while the server runs',
  builder: (yargs: Argv) =>
    dataOptions(yargs)
      .positional('target', { type: 'string', demandOption: true, describe: 'The file to write' })
      .option('overwrite', { type: 'boolean', describe: 'Replace the file if it exists' })
      .example(...example('data backup people-2026-11-25.db', 'a file that needs no others beside it')),
  handler: async (given) => {
    const { target: file, overwrite = false } = given;
    const { app, store } = await storedApp(given);
    const terminal = new Terminal(given);
    const bytes = await store.backUp(app, file, { overwrite });
    if (terminal.json) terminal.printJson({ file, bytes });
    else terminal.info(`copied ${store.file(app)} to ${file}, ${bytes} bytes`);
  },
};
