import { closeSync, existsSync } from 'node:fs';
import { dirname, join, toNamespacedPath } from 'node:path';
import Database from 'better-sqlite3';
import { createPrivateFile } from '../../state/private-file.ts';
import { privateFolder } from '../../state/private-folder.ts';
import { APPLICATION_ID, STEPS } from './tables.ts';

export const holdsFile = (stateDir: string): string => join(stateDir, 'holds.db');

function migrate(db: Database.Database): void {
  const application = Number(db.pragma('application_id', { simple: true }));
  const format = Number(db.pragma('user_version', { simple: true }));
  if (application === APPLICATION_ID && format === STEPS.length) return;
  if ((application !== APPLICATION_ID && application !== 0) || (application === 0 && format !== 0))
    throw new Error('it is a database of another program; move it away');
  if (format > STEPS.length) throw new Error('it is of a newer version of the connector; install that one');
  db.transaction(() => {
    // Another process may have done so meanwhile.
    for (const [index, step] of STEPS.entries()) {
      if (index < Number(db.pragma('user_version', { simple: true }))) continue;
      db.exec(step);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${index + 1}`);
    }
  }).immediate();
}

/**
 * Opens the file, and makes it for its owner alone where there is none.
 * @param patience  how long a lock is waited for; SQLite's waiting stops the whole process. Unit: ms
 * @throws Error
 */
export function openHolds(file: string, patience: number): Database.Database {
  privateFolder(dirname(file));
  if (!existsSync(file)) {
    try {
      closeSync(createPrivateFile(file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
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
