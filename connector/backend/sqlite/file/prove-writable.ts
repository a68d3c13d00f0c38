import { closeSync, openSync } from 'node:fs';
import { inFile, primaryCode, unavailable } from '../connection/sqlite-errors.ts';
import { connect } from './connect.ts';

/** Files that one write needs: the database, and beside it what SQLite and our lock have left there. */
const ENDINGS = ['', '-wal', '-shm', '-journal', '-lock'];

/**
 * That the files can be written, without writing. Never in a process that has the database open: closing a file drops
 * its POSIX locks.
 * @throws unavailable
 */
export function proveWritable(file: string): void {
  for (const ending of ENDINGS) proveOpens(`${file}${ending}`);
}

/** That nobody keeps others from writing for longer than a change takes. @throws unavailable */
export function proveUnlocked(file: string): void {
  const connection = connect(file);
  try {
    // Takes the lock of those who write, and writes nothing.
    connection.db.exec('BEGIN IMMEDIATE; ROLLBACK');
  } catch (error) {
    if (primaryCode(error) !== 'SQLITE_BUSY') throw inFile(file, error);
    const text = `${file} is locked by another program, and nothing can be written; end it ("fuser ${file}" names it)`;
    throw unavailable('database-locked', text, { cause: error });
  } finally {
    connection.close();
  }
}

function proveOpens(path: string): void {
  try {
    closeSync(openSync(path, 'r+'));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw unavailable('database-read-only', `${path} cannot be written (${code}); check its owner and permissions`, {
      cause,
    });
  }
}
