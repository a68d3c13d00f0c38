import { closeSync, existsSync } from 'node:fs';
import { dirname, toNamespacedPath } from 'node:path';
import Database from 'better-sqlite3';
import { createPrivateFile } from './private-file.ts';
import { privateFolder } from './private-folder.ts';

/** What a file of ours holds, from its first version on. */
export interface OwnFormat {
  /** `PRAGMA application_id`: tells it from databases of other programs. */
  readonly applicationId: number;
  /** SQL from each version to the next; `PRAGMA user_version` is how many were made. */
  readonly steps: readonly string[];
}

function migrate(db: Database.Database, { applicationId, steps }: OwnFormat): void {
  const application = Number(db.pragma('application_id', { simple: true }));
  const format = Number(db.pragma('user_version', { simple: true }));
  if (application === applicationId && format === steps.length) return;
  if ((application !== applicationId && application !== 0) || (application === 0 && format !== 0))
    throw new Error('it is a database of another program; move it away');
  if (format > steps.length) throw new Error('it is of a newer version of the connector; install that one');
  db.transaction(() => {
    // Another process may have done so meanwhile.
    for (const [index, step] of steps.entries()) {
      if (index < Number(db.pragma('user_version', { simple: true }))) continue;
      db.exec(step);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${index + 1}`);
    }
  }).immediate();
}

/**
 * Opens a file of records in the state folder, in its newest format; makes it, for its owner alone, where there is none.
 * @param patience  how long a lock is waited for; SQLite's waiting stops the whole process. Unit: ms
 * @throws Error
 */
export function openOwnDatabase(file: string, format: OwnFormat, patience: number): Database.Database {
  privateFolder(dirname(file));
  if (!existsSync(file)) {
    try {
      closeSync(createPrivateFile(file));
    } catch (error) {
      // Another process has made it meanwhile.
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
    migrate(db, format);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
