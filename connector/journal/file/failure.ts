/** What stands in the way of the journal's file, and what helps. */
const WORDS: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'its disk is full; free some space',
  SQLITE_IOERR: 'reading or writing it failed; check the disk',
  SQLITE_BUSY: 'another program holds it locked; end that one',
  SQLITE_LOCKED: 'another program holds it locked; end that one',
  SQLITE_PROTOCOL: 'another program holds it locked; end that one',
  SQLITE_READONLY: 'it or its folder cannot be written; check owner and permissions',
  SQLITE_PERM: 'it cannot be accessed; check owner and permissions',
  SQLITE_CANTOPEN: 'it cannot be opened; check its folder, owner and permissions',
  SQLITE_CORRUPT: 'it is damaged; a new one is begun beside it',
  SQLITE_NOTADB: 'it is no journal; a new one is begun beside it',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error
    ? (/^SQLITE_[A-Z]+/.exec(String(error.code))?.[0] ?? String(error.code))
    : '';

/** Somebody else is at it, and will be done soon. */
export const isLocked = (error: unknown): boolean => WORDS[codeOf(error)] === WORDS['SQLITE_BUSY'];

/** What is in the file cannot be read any more. */
export const isDamaged = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)$/.test(codeOf(error));

/** For the operator; never a value. */
export function wordsOf(error: unknown): string {
  const code = codeOf(error);
  if (WORDS[code] !== undefined) return WORDS[code];
  if (/^E[A-Z]+$/.test(code)) return `it cannot be written (${code}); check its folder, owner and permissions`;
  return error instanceof Error ? error.message : String(error);
}
