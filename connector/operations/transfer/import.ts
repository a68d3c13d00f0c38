import type { Readable } from 'node:stream';
import { typesOf } from '../../backend/module/app-settings.ts';
import type { ImportCounts, Imported, ImportOptions, Refusal } from '../../backend/module/transfer.ts';
import type { App } from '../../config/config.ts';
import { ScimError } from '../../scim/error.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import { OperationError } from '../operation-error.ts';
import { type DocumentFormat, readDocuments } from './documents.ts';
import { fromDocument, idOf } from './resource-document.ts';
import type { FillableApp } from './stored-app.ts';

/** How a file is to be read. */
export interface FileReading extends DocumentFormat {
  /** What a CSV file holds. */
  readonly type: TypeName;
}

export interface ImportCheck {
  /** How many could be read, and would be imported if nothing were refused. */
  readonly resources: number;
  /** The first of what would be refused, by line. */
  readonly problems: readonly Refusal[];
  /** Whether there may be more. */
  readonly more: boolean;
}

const MAX_PROBLEMS = 20;

/** Documents with what they say as a resource. @throws OperationError usage for a table with columns of its own */
async function* candidatesIn(
  app: App,
  input: Readable,
  { type, ...format }: FileReading,
): AsyncGenerator<Imported | (Refusal & { readonly error: ScimError })> {
  const types = typesOf(app);
  for await (const { line, read } of readDocuments(input, format, types[type])) {
    let document: unknown;
    try {
      document = read();
      yield { ...fromDocument(types, document), line };
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      const id = idOf(document);
      yield { error, line, text: `line ${line}: ${error.message}`, ...(id === undefined ? {} : { id }) };
    }
  }
}

/** Finds what an import would refuse, in the file and together with the store, and writes nothing. @throws unavailable */
export async function checkImport(
  { app, store }: FillableApp,
  input: Readable,
  options: FileReading & ImportOptions & { readonly signal: AbortSignal },
): Promise<ImportCheck> {
  let unread = 0;
  async function* candidates(): AsyncGenerator<Imported | Refusal> {
    for await (const candidate of candidatesIn(app, input, options)) {
      if ('text' in candidate) unread += 1;
      yield candidate;
      if (unread === MAX_PROBLEMS) break;
    }
  }
  const { counts, refusals } = await store.tryImport(app, candidates(), options);
  const problems = refusals.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return {
    resources: counts.users + counts.groups,
    problems: problems.slice(0, MAX_PROBLEMS),
    more: unread === MAX_PROBLEMS || problems.length > MAX_PROBLEMS,
  };
}

async function* resourcesIn(app: App, input: Readable, reading: FileReading): AsyncGenerator<Imported> {
  for await (const candidate of candidatesIn(app, input, reading)) {
    if (!('text' in candidate)) yield candidate;
    else
      throw new ScimError(candidate.error.reason, candidate.text, {
        fault: candidate.error.fault,
        cause: candidate.error,
      });
  }
}

/** What is wrong with the file is the caller's to mend, and no failure of the store. */
const asUsage = (error: unknown): unknown =>
  error instanceof ScimError && error.reason !== 'unavailable'
    ? new OperationError('usage', `${error.message}; nothing was written`, { cause: error })
    : error;

/** All of the input or nothing of it. @throws OperationError usage naming the line or resource; unavailable */
export async function importResources(
  { app, store }: FillableApp,
  input: Readable,
  options: FileReading & ImportOptions & { readonly signal: AbortSignal },
): Promise<ImportCounts> {
  try {
    return await store.import(app, resourcesIn(app, input, options), options);
  } catch (error) {
    throw asUsage(error);
  }
}
