import { dirname, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { withOutput } from '../../../connector/state/named-output.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { type DataArguments, dataOptions, storedFile } from './stored-app.ts';

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
    const terminal = new Terminal(given);
    await withOutput(file, { overwrite }, async (output) => {
      const { app, store } = await storedFile(given, 'backup');
      const source = store.path(app);
      if (resolve(file) === source)
        throw new CommandError(EXIT.usage, `${file} is the database itself; name another target`);
      let bytes = 0;
      await output.place(dirname(source), async (path) => {
        bytes = await store.backUp(app, path, { overwrite: true });
      });
      if (terminal.json) terminal.printJson({ file, bytes });
      else terminal.info(`copied ${source} to ${file}, ${bytes} bytes`);
    });
  },
};
