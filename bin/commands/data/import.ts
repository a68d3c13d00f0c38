import type { Argv, CommandModule } from 'yargs';
import type { ImportCounts } from '../../../connector/backend/module/transfer.ts';
import type { FileReading } from '../../../connector/operations/transfer/import.ts';
import type { StoredApp } from '../../../connector/operations/transfer/stored-app.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { type NamedInput, openInput } from '../../host/named-input.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { counted } from '../../terminal/wording.ts';
import { storedApp } from './stored-app.ts';
import { namedFile, type TransferArguments, transferOptions } from './transfer-arguments.ts';

interface ImportArguments extends TransferArguments {
  readonly file: string;
  readonly 'dry-run'?: boolean | undefined;
}

async function dryRun(
  { app }: StoredApp,
  { stream }: NamedInput,
  reading: FileReading,
  terminal: Terminal,
): Promise<void> {
  const { checkImport } = await import('../../../connector/operations/transfer/import.ts');
  const { resources, problems } = await checkImport(app, stream, reading);
  if (problems.length > 0)
    throw new CommandError(EXIT.usage, problems.map(({ line, text }) => `line ${line}: ${text}`).join('\n'));
  if (terminal.json) terminal.printJson({ resources });
  else terminal.info(`${counted(resources, 'resource')} can be read; nothing was written`);
}

/** Ends with nothing written when it is interrupted. */
async function importAll(stored: StoredApp, input: NamedInput, reading: FileReading, given: ImportArguments) {
  const [{ importResources }, { ProgressBar }] = await Promise.all([
    import('../../../connector/operations/transfer/import.ts'),
    import('../../terminal/progress-bar.ts'),
  ]);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  const bar = process.stderr.isTTY === true && given.quiet !== true ? new ProgressBar() : undefined;
  try {
    return await importResources(stored, input.stream, {
      ...reading,
      passwordHashes: given['with-password-hashes'] ?? false,
      onProgress: (done) => bar?.show(input.bytesRead(), input.size, done),
      signal: interrupted.signal,
    });
  } catch (error) {
    if (interrupted.signal.aborted) throw new CommandError(EXIT.interrupted, 'interrupted; nothing was written');
    throw error;
  } finally {
    bar?.stop();
  }
}

function importedText({ users, groups, memberships, renumbered }: ImportCounts): string {
  const counts = [counted(users, 'user'), counted(groups, 'group'), counted(memberships, 'membership')];
  return `imported ${counts.join(', ')}${renumbered > 0 ? `; ${renumbered} got another id` : ''}`;
}

export const importData: CommandModule<object, ImportArguments> = {
  command: 'import <file>',
  describe: 'Read users and groups, all or nothing; stop the server first',
  builder: (yargs: Argv) =>
    transferOptions(yargs)
      .positional('file', { type: 'string', demandOption: true, describe: 'JSON lines or CSV; - reads stdin' })
      .option('dry-run', { type: 'boolean', describe: 'Check the file and change nothing' })
      .example(...example('data import people.csv --dry-run', 'every problem with its line'))
      .example(...example('data import people.jsonl', 'ids are kept when they are free')),
  handler: async (given) => {
    const file = namedFile(given.file);
    const input = openInput(file);
    const [stored, { formatOf }] = await Promise.all([
      storedApp(given),
      import('../../../connector/operations/transfer/format.ts'),
    ]);
    const terminal = new Terminal(given);
    const reading = { format: formatOf(file, given.format), type: given.type };
    if (given['dry-run']) return dryRun(stored, input, reading, terminal);
    const imported = await importAll(stored, input, reading, given);
    if (terminal.json) terminal.printJson(imported);
    else terminal.info(importedText(imported));
  },
};
