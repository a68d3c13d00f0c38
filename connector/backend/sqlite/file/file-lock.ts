import { Connection } from '../connection/connection.ts';
import { primaryCode, unavailable } from '../connection/sqlite-errors.ts';
import { createPrivate } from './prepare-file.ts';

/**
 * Holds `<file>-lock` for this process: one connector per database. The lock is SQLite's own write lock on a second,
 * tiny database, so the operating system lets go of it however the process ends. Its `user_version` is the holder's
 * process id, which a writer's lock (unlike an exclusive one) lets others read.
 */
export class FileLock {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @throws unavailable naming the process that holds it */
  static take(file: string): FileLock {
    const path = `${file}-lock`;
    createPrivate(path);
    const connection = new Connection(path, { timeout: 0 });
    try {
      connection.pragma('synchronous = OFF');
      connection.db.exec('BEGIN IMMEDIATE');
      do {
        connection.pragma(`user_version = ${process.pid}`);
        // Between the two somebody else may write his number, and lose the lock all the same.
        connection.db.exec('COMMIT; BEGIN IMMEDIATE');
      } while (connection.pragma('user_version') !== process.pid);
      return new FileLock(connection);
    } catch (error) {
      const holder = primaryCode(error) === 'SQLITE_BUSY' ? holderOf(connection) : undefined;
      connection.close();
      if (holder === undefined) throw error;
      throw unavailable('database-in-use', `${file} is in use by ${holder}`, { cause: error });
    }
  }

  release(): void {
    this.#connection.close();
  }
}

/** Who holds the lock, and what to do about it. */
function holderOf(connection: Connection): string {
  try {
    const holder = connection.pragma('user_version');
    // A reload with other settings: the store can be opened anew only when nothing runs in it any more.
    if (holder === process.pid) return 'this connector with its former settings; restart it to apply the new ones';
    return `another connector (process ${String(holder)}); stop it first`;
  } catch {
    // The holder is writing its number this moment.
    return 'another connector (it is starting); stop it first';
  }
}
