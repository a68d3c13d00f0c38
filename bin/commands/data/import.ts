import type { Argv, CommandModule } from 'yargs';
import type { ImportCounts, ImportOptions } from '../../../connector/backend/module/transfer.ts';
import type { FileReading } from '../../../connector/operations/transfer/import.ts';
import { columnNames } from '../../cli/column-names.ts';
import { CommandError } from '../../cli/command-error.ts';
import { example } from '../../cli/example.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { type NamedInput, openInput } from '../../host/named-input.ts';
import { Terminal } from '../../terminal/terminal.ts';
import { counted } from '../../terminal/wording.ts';
import { type FillableHere, fillableApp } from './stored-app.ts';
import { namedFile, type TransferArguments, transferOptions } from './transfer-arguments.ts';

interface Watching {
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

type Reading = FileReading & ImportOptions & Watching;

interface ImportArguments extends TransferArguments {
  readonly file: string;
  readonly columns?: string | undefined;
  readonly 'dry-run'?: boolean | undefined;
}

/** What is wrong comes on stderr, a problem a line, for people and programs alike. */
async function dryRun(stored: FillableHere, input: NamedInput, reading: Reading, terminal: Terminal): Promise<void> {
  const { checkImport } = await import('../../../connector/operations/transfer/import.ts');
  const { resources, problems, more } = await checkImport(stored, input.stream, reading);
  if (problems.length > 0)
    throw new CommandError(EXIT.usage, [...problems.map(({ text }) => text), ...(more ? ['and more'] : [])].join('\n'));
  if (terminal.json) terminal.printJson({ resources });
  else terminal.info(`${counted(resources, 'resource')} can be imported; nothing was written`);
}

async function importAll(stored: FillableHere, input: NamedInput, reading: Reading, terminal: Terminal): Promise<void> {
  const [{ importResources }, { audit, mustBeAudited }] = await Promise.all([
    import('../../../connector/operations/transfer/import.ts'),
    import('../../cli/audited.ts'),
  ]);
  await mustBeAudited(stored.loaded);
  const imported = await importResources(stored, input.stream, reading);
  const { users, groups } = imported;
  await audit(stored.loaded, { action: 'data import', app: stored.app.name, details: { users, groups } }, terminal);
  if (terminal.json) terminal.printJson(imported);
  else terminal.info(importedText(imported));
}

/** Ends with nothing written when it is interrupted. */
async function watched(input: NamedInput, quiet: boolean, work: (watching: Watching) => Promise<void>): Promise<void> {
  const { ProgressBar } = await import('../../terminal/progress-bar.ts');
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  const bar = process.stderr.isTTY === true && !quiet ? new ProgressBar() : undefined;
  try {
    await work({
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
      .option('columns', {
        type: 'string',
        requiresArg: true,
        describe: 'What the columns of a CSV file are: login=userName,mail=emails.primary,notes=',
      })
      .option('dry-run', { type: 'boolean', describe: 'Find all that would be refused, and change nothing' })
      .example(...example('data import people.csv --dry-run', 'every problem with its line'))
      .example(...example('data import people.jsonl', 'ids are kept when they are free')),
  handler: async (given) => {
    const file = namedFile(given.file);
    const input = openInput(file);
    const [stored, { formatOf }] = await Promise.all([
      fillableApp(given),
      import('../../../connector/operations/transfer/format.ts'),
    ]);
    const terminal = new Terminal(given);
    const reading = {
      format: formatOf(file, given.format),
      type: given.type,
      passwordHashes: given['with-password-hashes'] ?? false,
      columns: columnNames(given.columns),
      escapeFormulas: given['escape-formulas'],
    };
    const work = given['dry-run'] ? dryRun : importAll;
    await watched(input, given.quiet ?? false, (watching) =>
      work(stored, input, { ...reading, ...watching }, terminal),
    );
  },
};
