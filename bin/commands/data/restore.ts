import { existsSync } from 'node:fs';
import type { Argv, CommandModule } from 'yargs';
import { partialOf } from '../../../connector/state/partial-file.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { ReadableFile } from '../../host/named-input.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { type DataArguments, dataOptions, storedFile } from './stored-app.ts';

interface RestoreArguments extends DataArguments {
  readonly source: string;
  readonly yes?: boolean | undefined;
}

async function restoreFrom(backup: ReadableFile, given: RestoreArguments): Promise<void> {
  const { source } = given;
  const [{ app, store, loaded }, { audit, mustBeAudited }] = await Promise.all([
    storedFile(given, 'restore'),
    import('../../cli/audited.ts'),
  ]);
  const file = store.path(app);
  if (existsSync(file) && !given.yes)
    throw new CommandError(
      EXIT.usage,
      `${file} exists and would be replaced: add --yes, and make a backup of it first`,
    );
  await mustBeAudited(loaded);
  await backup.read(partialOf(`${file}.restored`), (path) => store.restore(app, path));
  const terminal = new Terminal(given);
  await audit(loaded, { action: 'data restore', app: app.name, details: { source } }, terminal);
  if (terminal.json) terminal.printJson({ file, source });
  else terminal.info(`restored ${file} from ${source}`);
}

export const restore: CommandModule<object, RestoreArguments> = {
  command: 'restore <source>',
  describe: 'Put a backup in the place of the database; stop the server first',
  builder: (yargs: Argv) =>
    dataOptions(yargs)
      .positional('source', { type: 'string', demandOption: true, describe: 'A file made by "data backup"' })
      .option('yes', { type: 'boolean', describe: 'Replace a database that has content' })
      .example(...example('data restore people-2026-11-25.db --yes', 'what is in the database now is lost')),
  handler: async (given) => {
    const source = new ReadableFile(given.source);
    try {
      await restoreFrom(source, given);
    } finally {
      source.close();
    }
  },
};
