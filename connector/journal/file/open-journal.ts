import { closeSync, existsSync } from 'node:fs';
import { dirname, join, toNamespacedPath } from 'node:path';
import Database from 'better-sqlite3';
import { createPrivateFile } from '../../state/private-file.ts';
import { privateFolder } from '../../state/private-folder.ts';
import { APPLICATION_ID, STEPS } from './tables.ts';

/** How long a statement waits for a command's lock, and the server with it. Unit: ms. */
const PATIENCE = 250;

export const journalFile = (stateDir: string): string => join(stateDir, 'journal.db');

function migrate(db: Database.Database): void {
  const format = Number(db.pragma('user_version', { simple: true }));
  if (format > STEPS.length) throw new Error(`${db.name} is of a newer version of the connector; upgrade it`);
  for (const [index, step] of STEPS.entries()) {
    if (index < format) continue;
    db.transaction(() => {
      db.exec(step);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${index + 1}`);
    })();
  }
}

/** Opens the journal for writing; makes it, for its owner alone, where there is none. @throws Error */
export function openForWriting(file: string): Database.Database {
  privateFolder(dirname(file));
  if (!existsSync(file)) closeSync(createPrivateFile(file));
  const db = new Database(toNamespacedPath(file), { timeout: PATIENCE });
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

/** Opens a journal that is there. @throws Error there is none, or it may not be read */
export function openForReading(file: string): Database.Database {
  const db = new Database(toNamespacedPath(file), { readonly: true, fileMustExist: true, timeout: PATIENCE });
  db.pragma('trusted_schema = OFF');
  return db;
}
