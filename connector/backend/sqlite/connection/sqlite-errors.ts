import { ScimError } from '../../../scim/error.ts';
import type { DatabaseFault, FaultCode } from '../../../scim/fault-code.ts';
import { OUT_OF_FILES, runsOutOfFiles } from '../../../state/open-files.ts';

const DAMAGED = ['database-damaged', 'the database file is damaged; restore a backup'] as const;

/** SQLite's primary result codes that are the store's fault, in the operator's words. Anything else is a bug. */
const FAILURES: Readonly<Record<string, readonly [DatabaseFault, text: string]>> = {
  SQLITE_FULL: ['database-disk-full', 'the disk that holds the database is full; free some space'],
  SQLITE_IOERR: ['database-disk-failing', 'reading or writing the database file failed; check the disk'],
  SQLITE_BUSY: ['database-locked', 'another program holds the database locked; try again'],
  SQLITE_LOCKED: ['database-locked', 'another program holds the database locked; try again'],
  SQLITE_PROTOCOL: ['database-locked', 'another program holds the database locked; try again'],
  SQLITE_READONLY: [
    'database-read-only',
    'the database file or its folder cannot be written; check its owner and permissions',
  ],
  SQLITE_PERM: ['database-read-only', 'the database file cannot be accessed; check its owner and permissions'],
  SQLITE_CANTOPEN: [
    'database-missing',
    'the database file cannot be opened; check that it exists, its owner and its permissions',
  ],
  SQLITE_CORRUPT: DAMAGED,
  SQLITE_NOTADB: ['database-of-another-program', 'the file is not a SQLite database'],
  SQLITE_NOMEM: ['memory-exhausted', 'there is not enough memory for the database'],
};

/** The database, its log, their index and a file to sort in: SQLite does not say why it gets one of them not. */
const FILES = 4;

/** Unit: seconds. A lock goes by itself soon; a full disk waits for somebody. */
const RETRY_AFTER: Readonly<Record<string, number>> = { SQLITE_BUSY: 2, SQLITE_LOCKED: 2, SQLITE_PROTOCOL: 2 };

/** `SQLITE_IOERR_WRITE` → `SQLITE_IOERR`: extended codes refine a primary one. */
export function primaryCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_[A-Z]+/.exec(code)?.[0];
}

/** Another program is writing, and will have done so soon. */
export const isLocked = (error: unknown): boolean => Object.hasOwn(RETRY_AFTER, primaryCode(error) ?? '');

/** SQLite met a document that is no JSON. It calls that an error of the statement, and does not say whose document it is. */
export const isMalformed = (error: unknown): boolean =>
  primaryCode(error) === 'SQLITE_ERROR' && error instanceof Error && error.message === 'malformed JSON';

/** The `unavailable` that a failure of the store means to the caller; `undefined` when `error` is none. */
export function asUnavailable(error: unknown): ScimError | undefined {
  const code = isMalformed(error) ? 'SQLITE_CORRUPT' : (primaryCode(error) ?? '');
  const [fault, text] = FAILURES[code] ?? [];
  if (fault === undefined || text === undefined) return undefined;
  if (code === 'SQLITE_CANTOPEN' && runsOutOfFiles(FILES))
    return unavailable('files-exhausted', OUT_OF_FILES, { cause: error, retryAfter: 5 });
  const retryAfter = RETRY_AFTER[code];
  return unavailable(fault, text, { cause: error, ...(retryAfter === undefined ? {} : { retryAfter }) });
}

/** A damaged file, seen in the documents of some resources: whose they are stands in the log. */
class DamagedDocument extends Error {
  readonly code = 'SQLITE_CORRUPT';
  readonly logged: { readonly resources: readonly string[] };

  constructor(resources: readonly string[]) {
    super('the document of a resource cannot be read');
    this.logged = { resources };
  }
}

/** @param ids  of the resources whose documents cannot be read */
export function damaged(ids: readonly string[]): ScimError {
  const cause = new DamagedDocument(ids);
  return unavailable(...DAMAGED, { cause });
}

export const unavailable = (
  fault: FaultCode,
  text: string,
  options?: ErrorOptions & { retryAfter?: number },
): ScimError => new ScimError('unavailable', `SQLite: ${text}`, { ...options, fault });

/** Runs `work`; a failure of the store becomes `unavailable`, everything else passes. */
export function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asUnavailable(error) ?? error;
  }
}

/** The same failure, but saying which file. */
export function inFile(file: string, error: unknown): unknown {
  const failure = asUnavailable(error);
  return failure?.fault
    ? unavailable(failure.fault, `${file}: ${failure.message.replace(/^SQLite: /, '')}`, { cause: error })
    : error;
}
