import { renameSync, rmSync } from 'node:fs';
import { join, toNamespacedPath } from 'node:path';
import Database from 'better-sqlite3';
import { openOwnDatabase } from '../../state/own-database.ts';
import { isDamaged } from './failure.ts';
import { APPLICATION_ID, STEPS } from './tables.ts';

/** How long a reader waits for a lock. Unit: ms. */
const PATIENCE = 250;

export const journalFile = (stateDir: string): string => join(stateDir, 'journal.db');

const opened = (file: string, patience: number): Database.Database =>
  openOwnDatabase(file, { applicationId: APPLICATION_ID, steps: STEPS }, patience);

/** What cannot be read is kept for whoever may mend it: the last one. */
export function setAside(file: string): void {
  for (const side of ['-wal', '-shm']) rmSync(`${file}${side}`, { force: true });
  renameSync(file, `${file}.damaged`);
}

/**
 * Opens the journal for writing; makes it, for its owner alone, where there is none, and beside one that is damaged.
 * @param patience  how long a lock is waited for, also later on. SQLite's own waiting stops the whole process: the service waits for nobody. Unit: ms
 * @throws Error
 */
export function openForWriting(file: string, patience = 0): Database.Database {
  try {
    return opened(file, patience);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    setAside(file);
    return opened(file, patience);
  }
}

/** Opens a journal that is there. @throws Error there is none, or it may not be read */
export function openForReading(file: string): Database.Database {
  const db = new Database(toNamespacedPath(file), { readonly: true, fileMustExist: true, timeout: PATIENCE });
  db.pragma('trusted_schema = OFF');
  return db;
}
