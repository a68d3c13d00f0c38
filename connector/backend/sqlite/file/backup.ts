import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve, toNamespacedPath } from 'node:path';
import { dropPartial, partialOf, removeAbandoned } from '../../../state/partial-file.ts';
import { syncFolder } from '../../../state/sync-folder.ts';
import type { BackupOptions } from '../../module/transfer.ts';
import { Connection } from '../connection/connection.ts';
import { inFile, unavailable } from '../connection/sqlite-errors.ts';
import { FileLock } from './file-lock.ts';
import { checkIntegrity } from './integrity.ts';
import { openReadOnly } from './open-read-only.ts';
import { prepareFile } from './prepare-file.ts';
import { dropWaiting, moveWaiting } from './waiting-records.ts';

/**
 * Copies the database, also while a connector writes to it, into one file that needs no others beside it. The
 * target appears whole or not at all.
 * @returns its size in bytes
 * @throws unavailable
 */
export async function backup(
  source: string,
  target: string,
  { overwrite = false }: BackupOptions = {},
): Promise<number> {
  const to = resolve(target);
  if (to === resolve(source))
    throw unavailable('target-exists', 'a backup needs a file of its own; name another target');
  if (existsSync(to) && !overwrite) throw unavailable('target-exists', `${to} exists already; name another target`);
  const copied = await copy(resolve(source), to);
  try {
    renameSync(copied, to);
    syncFolder(dirname(to));
  } catch (error) {
    throw inFile(to, error);
  } finally {
    dropPartial(copied);
  }
  return statSync(to).size;
}

/**
 * Puts `source`, a backup, in the place of the database `target`. The connector must be stopped.
 * @throws unavailable  the backup is damaged or not ours, or the target is in use; it is untouched then
 */
export async function restore(source: string, target: string): Promise<void> {
  const [problem] = checkIntegrity(source);
  if (problem !== undefined) {
    throw unavailable('database-damaged', `${resolve(source)} is damaged; use an older backup`, {
      cause: new Error(problem),
    });
  }
  const existed = existsSync(target);
  const to = prepareFile(resolve(target));
  try {
    const lock = FileLock.take(to);
    try {
      const copied = await copy(resolve(source), to);
      try {
        moveWaiting(to, copied);
        replace(copied, to);
      } finally {
        dropPartial(copied);
      }
    } finally {
      lock.release();
    }
  } catch (error) {
    if (!existed) rmSync(to, { force: true });
    throw inFile(to, error);
  }
}

function replace(copied: string, to: string): void {
  // Before the rename: a log of the old file must never be replayed into the new one.
  for (const side of ['-wal', '-shm', '-journal']) rmSync(`${to}${side}`, { force: true });
  renameSync(copied, to);
  syncFolder(dirname(to));
}

/** Copies into a new file beside `target`. */
async function copy(source: string, target: string): Promise<string> {
  removeAbandoned(dirname(target));
  const connection = openReadOnly(source);
  const path = partialOf(target);
  try {
    prepareFile(path);
    // Holding a snapshot, or else each write of the connector would start the copy again.
    connection.db.exec('BEGIN');
    connection.row('SELECT 1 FROM resource LIMIT 1');
    await connection.db.backup(toNamespacedPath(path));
    finish(path);
    return path;
  } catch (error) {
    dropPartial(path);
    throw inFile(target, error);
  } finally {
    connection.close();
  }
}

function finish(path: string): void {
  const connection = new Connection(path);
  try {
    dropWaiting(connection);
    // A file in WAL mode cannot be read from a folder that cannot be written.
    connection.pragma('journal_mode = DELETE');
  } finally {
    connection.close();
  }
}
