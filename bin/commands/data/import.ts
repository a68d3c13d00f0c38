import type { Argv, CommandModule } from 'yargs';
import type { ImportCounts } from '../../../connector/backend/module/transfer.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { CommandError } from '../../cli/failure.ts';
import { ProgressBar } from '../../terminal/progress-bar.ts';
import { counted, Terminal } from '../../terminal/terminal.ts';
import { type FileArguments, fileOptions, named } from './file-options.ts';
import { storedApp } from './stored-app.ts';

interface ImportArguments extends FileArguments {
  readonly file: string;
  readonly 'dry-run'?: boolean | undefined;
}

function countsText({ users, groups, memberships, renumbered }: ImportCounts): string {
  const counts = [counted(users, 'user'), counted(groups, 'group'), counted(memberships, 'membership')];
  return `imported ${counts.join(', ')}${renumbered > 0 ? `; ${renumbered} got another id` : ''}`;
}

/** Aborts on Ctrl-C and when the process is told to stop. */
function interruption(): AbortSignal {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  return interrupted.signal;
}

export const importData: CommandModule<object, ImportArguments> = {
  command: 'import <file>',
  describe: 'Read users and groups, all or nothing; stop the server first',
  builder: (yargs: Argv) =>
    fileOptions(yargs)
      .positional('file', { type: 'string', demandOption: true, describe: 'JSON lines or CSV; - reads stdin' })
      .option('dry-run', { type: 'boolean', describe: 'Check the file and change nothing' })
      .example(...example('data import people.csv --dry-run', 'every problem with its line'))
      .example(...example('data import people.jsonl', 'ids are kept when they are free')),
  handler: async (given) => {
    const [stored, { checkFile, importFrom }, { formatOf }] = await Promise.all([
      storedApp(given),
      import('../../../connector/operations/transfer/import.ts'),
      import('../../../connector/operations/transfer/format.ts'),
    ]);
    const terminal = new Terminal(given);
    const file = named(given.file) ?? '-';
    const options = { format: formatOf(file, given.format), type: given.type };
    if (given['dry-run']) {
      const resources = await checkFile(stored.app, file, options);
      if (terminal.json) terminal.printJson({ resources });
      else terminal.info(`${counted(resources, 'resource')} can be read; nothing was written`);
      return;
    }
    const signal = interruption();
    const bar = process.stderr.isTTY === true && given.quiet !== true ? new ProgressBar() : undefined;
    const passwordHashes = given['with-password-hashes'] ?? false;
    try {
      const counts = await importFrom(stored, file, {
        ...options,
        passwordHashes,
        signal,
        onProgress: ({ read, size, resources }) => bar?.show(read, size, resources),
      });
      bar?.stop();
      if (terminal.json) terminal.printJson(counts);
      else terminal.info(countsText(counts));
    } catch (error) {
      if (signal.aborted) throw new CommandError(EXIT.interrupted, 'interrupted; nothing was written');
      throw error;
    } finally {
      bar?.stop();
    }
  },
};
