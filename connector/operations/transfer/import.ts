import type { Readable } from 'node:stream';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { ImportCounts, Imported, ImportOptions } from '../../backend/module/transfer.ts';
import type { App } from '../../config/config.ts';
import { ScimError } from '../../scim/error.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import { OperationError } from '../operation-error.ts';
import { readDocuments } from './documents.ts';
import type { Format } from './format.ts';
import { fromDocument } from './resource-document.ts';
import type { StoredApp } from './stored-app.ts';

/** How a file is to be read. */
export interface FileReading {
  readonly format: Format;
  /** What a CSV file holds. */
  readonly type: TypeName;
}

/** One line that cannot be imported. */
export interface FaultyLine {
  readonly line: number;
  readonly text: string;
}

export interface ImportCheck {
  /** How many resources are in order. */
  readonly resources: number;
  /** The first twenty. */
  readonly problems: readonly FaultyLine[];
}

const MAX_PROBLEMS = 20;

/** Reads, checks and counts without a store. @throws OperationError usage for a table with columns of its own */
export async function checkImport(app: App, input: Readable, { format, type }: FileReading): Promise<ImportCheck> {
  const types = typesOf(app);
  const problems: FaultyLine[] = [];
  let resources = 0;
  for await (const { line, read } of readDocuments(input, format, types[type])) {
    try {
      fromDocument(types, read());
      resources += 1;
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      problems.push({ line, text: error.message });
      if (problems.length === MAX_PROBLEMS) break;
    }
  }
  return { resources, problems };
}

const located = (error: unknown, line: number): unknown =>
  error instanceof ScimError ? new ScimError(error.reason, `line ${line}: ${error.message}`, { cause: error }) : error;

async function* resourcesIn(app: App, input: Readable, { format, type }: FileReading): AsyncGenerator<Imported> {
  const types = typesOf(app);
  for await (const { line, read } of readDocuments(input, format, types[type])) {
    try {
      yield fromDocument(types, read());
    } catch (error) {
      throw located(error, line);
    }
  }
}

/** What is wrong with the file is the caller's to mend, and no failure of the store. */
const asUsage = (error: unknown): unknown =>
  error instanceof ScimError && error.reason !== 'unavailable'
    ? new OperationError('usage', `${error.message}; nothing was written`, { cause: error })
    : error;

/** All of the input or nothing of it. @throws OperationError usage naming the line or resource; unavailable */
export async function importResources(
  { app, store }: StoredApp,
  input: Readable,
  options: FileReading & ImportOptions & { readonly signal: AbortSignal },
): Promise<ImportCounts> {
  try {
    return await store.import(app, resourcesIn(app, input, options), options);
  } catch (error) {
    throw asUsage(error);
  }
}
