import type { ReadStream } from 'node:fs';
import { closeSync, createWriteStream, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXIT } from '../../../bin/cli/exit-codes.ts';
import { CommandError } from '../../../bin/cli/failure.ts';
import { startProgress } from '../../../bin/terminal/progress.ts';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { ImportCounts, Imported, Transfer } from '../../backend/module/transfer.ts';
import type { App } from '../../config/config.ts';
import { ScimError } from '../../scim/error.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import { createPrivateFile } from '../../state/private-file.ts';
import { columnsOf } from './columns.ts';
import { type Format, openInput, readRecords, writeRecords } from './formats.ts';
import { type LeftOut, LeftOutCount } from './left-out.ts';
import { fromRecord, type TransferRecord, toRecord } from './transfer-record.ts';

export interface TransferOptions {
  readonly format: Format;
  /** In CSV a file holds one type. */
  readonly type: TypeName;
  readonly passwordHashes: boolean;
  readonly showProgress: boolean;
}

const MAX_PROBLEMS = 20;

export interface ExportSummary {
  /** How many were written. */
  readonly resources: number;
  /** What CSV has no place for. */
  readonly leftOut: readonly LeftOut[];
}

/** A file appears whole or not at all, and never in the place of another. @throws unavailable */
export async function exportTo(
  app: App,
  store: Transfer<App>,
  target: string | undefined,
  options: TransferOptions,
): Promise<ExportSummary> {
  const { format, passwordHashes } = options;
  const type = typesOf(app)[options.type];
  const leftOut = format === 'csv' ? new LeftOutCount(columnsOf(type)) : undefined;
  let resources = 0;
  const exported = await store.exported(app, { passwordHashes });
  function* records(): Generator<TransferRecord> {
    for (const resource of exported) {
      if (format === 'csv' && resource.type !== type.name) continue;
      const record = toRecord(resource);
      resources += 1;
      leftOut?.add(record);
      yield record;
    }
  }
  async function* text(): AsyncGenerator<string> {
    for await (const line of writeRecords(records(), format, type)) yield `${line}\n`;
  }
  if (target === undefined) await pipeline(Readable.from(text()), process.stdout, { end: false });
  else await writeWhole(target, Readable.from(text()));
  return { resources, leftOut: leftOut?.list() ?? [] };
}

/** For its owner alone: it holds people. */
async function writeWhole(target: string, content: Readable): Promise<void> {
  const partial = `${target}.${process.pid}.partial`;
  // Taken first, so that nobody else's file comes between.
  closeSync(openSync(target, 'wx', 0o600));
  try {
    await pipeline(content, createWriteStream(partial, { fd: createPrivateFile(partial) }));
    renameSync(partial, target);
  } catch (error) {
    for (const file of [partial, target]) rmSync(file, { force: true });
    throw error;
  }
}

const located = (error: unknown, line: number): unknown =>
  error instanceof ScimError ? new ScimError(error.reason, `line ${line}: ${error.message}`, { cause: error }) : error;

/** Reads, checks and counts without a database. @throws CommandError with up to 20 problems */
export async function checkFile(app: App, file: string, options: TransferOptions): Promise<number> {
  const types = typesOf(app);
  const problems: string[] = [];
  let count = 0;
  for await (const { line, read } of readRecords(openInput(file), options.format, types[options.type])) {
    try {
      fromRecord(types, read());
      count += 1;
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      problems.push(`line ${line}: ${error.message}`);
      if (problems.length === MAX_PROBLEMS) break;
    }
  }
  if (problems.length > 0) throw new CommandError(EXIT.usage, problems.join('\n'));
  return count;
}

/** What is wrong with the file is the caller's to mend, and no failure of the store. */
const asUsage = (error: unknown): unknown =>
  error instanceof ScimError && error.reason !== 'unavailable'
    ? new CommandError(EXIT.usage, `${error.message}; nothing was written`, { cause: error })
    : error;

/** All of the file or nothing of it. @throws CommandError usage naming the line or resource; unavailable */
export async function importFrom(
  app: App,
  store: Transfer<App>,
  file: string,
  options: TransferOptions,
  signal: AbortSignal,
): Promise<ImportCounts> {
  const types = typesOf(app);
  const input = openInput(file);
  const progress = startProgress(file === '-' ? 0 : statSync(file).size, options.showProgress);
  async function* resources(): AsyncGenerator<Imported> {
    for await (const { line, read } of readRecords(input, options.format, types[options.type])) {
      try {
        yield fromRecord(types, read());
      } catch (error) {
        throw located(error, line);
      }
    }
  }
  try {
    return await store.import(app, resources(), {
      signal,
      passwordHashes: options.passwordHashes,
      onProgress: (done) => progress.update((input as ReadStream).bytesRead ?? 0, done),
    });
  } catch (error) {
    throw asUsage(error);
  } finally {
    progress.stop();
  }
}
