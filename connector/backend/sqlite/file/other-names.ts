import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import type { Connection } from '../connection/connection.ts';
import { primaryCode, unavailable } from '../connection/sqlite-errors.ts';

/**
 * SQLite keeps the latest changes and their locks in files named after the database. Whoever opens one file by another
 * name sees neither, and two who write so damage it (sqlite.org, "How To Corrupt An SQLite Database File", §2.5).
 */
const MOUNTS = '/proc/self/mountinfo';

/** Whether a file system is mounted at `path` itself. @param mounts  in the format of proc_pid_mountinfo(5) */
export const isMounted = (path: string, mounts: string): boolean =>
  mounts.split('\n').some((line) => unescaped(line.split(' ')[4] ?? '') === path);

const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** By what else the file can be opened, and what to do about it; undefined where its name is the only one. */
export function otherNames(file: string): string | undefined {
  const links = statSync(file, { throwIfNoEntry: false })?.nlink ?? 1;
  if (links > 1)
    return `${file} has ${links} names (hard links), and the latest changes are beside one of them: remove the others ("find / -samefile ${file}" lists them)`;
  if (existsSync(MOUNTS) && existsSync(file) && isMounted(realpathSync(file), readFileSync(MOUNTS, 'utf8')))
    return `${file} is mounted as a single file, and the latest changes are beside its other name: mount the folder instead`;
  return undefined;
}

/** Whether changes that are not in the file yet may be beside it. */
export const hasLog = (file: string): boolean =>
  existsSync(file) && (statSync(`${realpathSync(file)}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;

/**
 * A database whose log is not beside it, and which somebody has open all the same, was moved while it was in use, or is
 * the same file as another in a way that its names do not tell. The lock that SQLite takes here is on the file itself.
 * @throws unavailable
 */
export function refuseIfOpenElsewhere(connection: Connection, file: string): void {
  if (connection.pragma('journal_mode') !== 'wal') return;
  try {
    connection.pragma('journal_mode = DELETE');
  } catch (error) {
    if (primaryCode(error) !== 'SQLITE_BUSY') throw error;
    throw unavailable(
      'database-in-use',
      `${file} is in use under another name: it was moved, or is mounted elsewhere, while a program has it open; stop that first ("fuser ${file}" names it)`,
      { cause: error },
    );
  }
}
