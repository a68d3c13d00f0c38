import { type ReadStream, statSync } from 'node:fs';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { ImportCounts, Imported } from '../../backend/module/transfer.ts';
import type { App } from '../../config/config.ts';
import { ScimError } from '../../scim/error.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import { OperationError } from '../operation-error.ts';
import type { Format } from './format.ts';
import { openInput, readRecords } from './read-records.ts';
import type { StoredApp } from './stored-app.ts';
import { fromRecord } from './transfer-record.ts';

/** How a file is to be read. */
export interface FileOptions {
  readonly format: Format;
  /** In CSV a file holds one type. */
  readonly type: TypeName;
}

/** How far an import is. */
export interface ImportProgress {
  /** Unit of both: bytes. The size is 0 where it is not known. */
  readonly read: number;
  readonly size: number;
  readonly resources: number;
}

export interface ImportOptions extends FileOptions {
  readonly passwordHashes: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

const MAX_PROBLEMS = 20;

const located = (error: unknown, line: number): unknown =>
  error instanceof ScimError ? new ScimError(error.reason, `line ${line}: ${error.message}`, { cause: error }) : error;

/** Reads, checks and counts without a store. @throws OperationError usage with up to 20 problems */
export async function checkFile(app: App, file: string, { format, type }: FileOptions): Promise<number> {
  const types = typesOf(app);
  const problems: string[] = [];
  let count = 0;
  for await (const { line, read } of readRecords(openInput(file), format, types[type])) {
    try {
      fromRecord(types, read());
      count += 1;
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      problems.push(`line ${line}: ${error.message}`);
      if (problems.length === MAX_PROBLEMS) break;
    }
  }
  if (problems.length > 0) throw new OperationError('usage', problems.join('\n'));
  return count;
}

/** What is wrong with the file is the caller's to mend, and no failure of the store. */
const asUsage = (error: unknown): unknown =>
  error instanceof ScimError && error.reason !== 'unavailable'
    ? new OperationError('usage', `${error.message}; nothing was written`, { cause: error })
    : error;

/** All of the file or nothing of it. @throws OperationError usage naming the line or resource; unavailable */
export async function importFrom(
  { app, store }: StoredApp,
  file: string,
  options: ImportOptions,
): Promise<ImportCounts> {
  const { format, type, onProgress, ...rest } = options;
  const types = typesOf(app);
  const input = openInput(file);
  const size = file === '-' ? 0 : statSync(file).size;
  async function* resources(): AsyncGenerator<Imported> {
    for await (const { line, read } of readRecords(input, format, types[type])) {
      try {
        yield fromRecord(types, read());
      } catch (error) {
        throw located(error, line);
      }
    }
  }
  try {
    return await store.import(app, resources(), {
      ...rest,
      onProgress: (done) => onProgress?.({ read: (input as ReadStream).bytesRead ?? 0, size, resources: done }),
    });
  } catch (error) {
    throw asUsage(error);
  }
}
