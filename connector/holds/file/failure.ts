import { LedgerBusy } from '../ledger.ts';

const LOCKED = 'another program holds it locked; end that one';

/** What stands in the way of the file, and what helps. */
const WORDS: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'its disk is full; free some space',
  SQLITE_IOERR: 'reading or writing it failed; check the disk',
  SQLITE_READONLY: 'it or its folder cannot be written; check owner and permissions',
  SQLITE_PERM: 'it cannot be accessed; check owner and permissions',
  SQLITE_CANTOPEN: 'it cannot be opened; check its folder, owner and permissions',
  SQLITE_CORRUPT: 'it is damaged; move it away: what was counted and held begins anew',
  SQLITE_NOTADB: 'it is no database; move it away: what was counted and held begins anew',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error
    ? (/^SQLITE_[A-Z]+/.exec(String(error.code))?.[0] ?? String(error.code))
    : '';

/** @returns what is thrown in place of SQLite's error, in the operator's words */
export function inWords(error: unknown): Error {
  const code = codeOf(error);
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)$/.test(code)) return new LedgerBusy(LOCKED, { cause: error });
  const words =
    WORDS[code] ?? (/^E[A-Z]+$/.test(code) ? `it cannot be written (${code}); check its folder` : undefined);
  if (words !== undefined) return new Error(words, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}
