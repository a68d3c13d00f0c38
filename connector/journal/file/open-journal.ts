import { closeSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, toNamespacedPath } from 'node:path';
import Database from 'better-sqlite3';
import { createPrivateFile } from '../../state/private-file.ts';
import { privateFolder } from '../../state/private-folder.ts';
import { isDamaged } from './failure.ts';
import { APPLICATION_ID, STEPS } from './tables.ts';

/** How long a reader waits for a lock. Unit: ms. */
const PATIENCE = 250;

export const journalFile = (stateDir: string): string => join(stateDir, 'journal.db');

function migrate(db: Database.Database): void {
  const application = Number(db.pragma('application_id', { simple: true }));
  const format = Number(db.pragma('user_version', { simple: true }));
  if ((application !== APPLICATION_ID && application !== 0) || (application === 0 && format !== 0))
    throw new Error('it is a database of another program; move it away');
  if (format > STEPS.length) throw new Error('it is of a newer version of the connector; install that one');
  for (const [index, step] of STEPS.entries()) {
    if (index < format) continue;
    db.transaction(() => {
      db.exec(step);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${index + 1}`);
    })();
  }
}

function opened(file: string, patience: number): Database.Database {
  privateFolder(dirname(file));
  if (!existsSync(file)) closeSync(createPrivateFile(file));
  const db = new Database(toNamespacedPath(file), { timeout: patience });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    // Unit: KiB when negative.
    db.pragma('cache_size = -1000');
    // Unit: bytes.
    db.pragma('journal_size_limit = 4194304');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

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
