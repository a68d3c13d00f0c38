import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { privateFolder } from '../../../state/private-file.ts';
import { Connection, type ConnectionOptions } from '../connection/connection.ts';
import { asUnavailable, unavailable } from '../connection/sqlite-errors.ts';
import { APPLICATION_ID, migrate, SCHEMA } from '../schema/migrations.ts';
import { createPrivate } from './file-lock.ts';

/** Above this size a full check would make every start slow; `checkIntegrity` does it on request. Unit: bytes. */
const QUICK_CHECK_LIMIT = 32 * 1024 * 1024;

/**
 * Makes the folder and the file of a database where there are none, readable by their owner alone.
 * @returns the path without links: two connectors that go to one file by two names must meet at one lock
 */
export function prepareFile(file: string): string {
  const folder = dirname(file);
  try {
    privateFolder(folder);
    createPrivate(file);
    return realpathSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw unavailable(`${file} cannot be created (${code}); check the folder, its owner and its permissions`, {
      cause: error,
    });
  }
}

/** Opens a database for writing: refuses what is not ours or is damaged, then brings it to the current schema. */
export function openFile(file: string): Connection {
  const connection = connect(file);
  try {
    const schema = identify(connection, file);
    if (schema > 0) probe(connection, file);
    // Leaving rollback mode waits for whoever reads this moment. Unit: ms.
    connection.pragma('busy_timeout = 10000');
    configure(connection);
    connection.pragma('busy_timeout = 1000');
    migrate(connection, schema);
    return connection;
  } catch (error) {
    connection.close();
    throw explained(file, error);
  }
}

/** Opens a database of ours to read it, beside the connector that has it open. @throws unavailable */
export function openReadOnly(file: string, options: Pick<ConnectionOptions, 'timeout'> = {}): Connection {
  requireFile(file);
  const connection = connect(file, { ...options, readonly: true });
  try {
    if (identify(connection, file) === 0) throw unavailable(`${file} is empty`);
    return connection;
  } catch (error) {
    connection.close();
    throw explained(file, error);
  }
}

/** Better than the library: of a folder that is missing or closed to us it throws a bare TypeError. */
function requireFile(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw unavailable(
      code === 'ENOENT'
        ? `${file} does not exist; check the name and the current folder`
        : `${file} cannot be read (${code}); check the file, its folder, and their permissions`,
      { cause },
    );
  }
}

function connect(file: string, options?: ConnectionOptions): Connection {
  try {
    return new Connection(file, options);
  } catch (error) {
    throw explained(file, error);
  }
}

/** The same failure, but saying which file. */
export function explained(file: string, error: unknown): unknown {
  const failure = asUnavailable(error);
  return failure ? unavailable(`${file}: ${failure.message.replace(/^SQLite: /, '')}`, { cause: error }) : error;
}

/** @returns the file's schema, 0 when it is empty. @throws unavailable  it is another program's, or a later version's */
function identify(connection: Connection, file: string): number {
  const application = connection.pragma('application_id');
  const schema = connection.pragma('user_version') as number;
  const [objects] = connection.row<readonly [number]>('SELECT count(*) FROM sqlite_schema') ?? [0];
  if (objects === 0 && application === 0 && schema === 0) return 0;
  if (application !== APPLICATION_ID) {
    throw unavailable(`${file} is a SQLite database of another program; name another file`);
  }
  if (schema > SCHEMA) {
    throw unavailable(
      `${file} was written by a newer version of this connector (schema ${schema}, this version reads up to ${SCHEMA}); install that version`,
    );
  }
  return schema;
}

/** Fails on a file whose damage would show later, in the middle of an import. */
function probe(connection: Connection, file: string): void {
  if (statSync(file).size > QUICK_CHECK_LIMIT) {
    for (const text of PROBES) connection.rows(text);
    return;
  }
  const [verdict] = connection.row<readonly [string]>('PRAGMA quick_check(1)') ?? ['no answer'];
  if (verdict === 'ok') return;
  throw unavailable(`${file} is damaged; restore a backup`, { cause: new Error(verdict) });
}

/** Both ends of every tree: what a truncated or overwritten file loses first, at a price that does not grow. */
const PROBES: readonly string[] = ['ASC', 'DESC'].flatMap((order) => [
  `SELECT doc FROM resource ORDER BY seq ${order} LIMIT 1`,
  `SELECT id FROM resource ORDER BY id ${order} LIMIT 1`,
  `SELECT key FROM resource WHERE type = 'User' ORDER BY key ${order} LIMIT 1`,
  `SELECT key FROM resource WHERE type = 'Group' ORDER BY key ${order} LIMIT 1`,
  `SELECT modified FROM resource WHERE type = 'User' ORDER BY modified ${order} LIMIT 1`,
  `SELECT value FROM email ORDER BY value ${order}, seq ${order} LIMIT 1`,
  `SELECT member_seq FROM membership ORDER BY group_seq ${order}, member_seq ${order} LIMIT 1`,
  `SELECT live FROM block_count ORDER BY type ${order}, block ${order} LIMIT 1`,
]);

/**
 * Closes for good. In WAL mode a file cannot be read by those who may not write its folder once its side files are
 * gone; so it goes back to one file that anybody with permission can read, unless others have it open and keep them.
 */
export function closeFile(connection: Connection): void {
  try {
    connection.pragma('busy_timeout = 0');
    connection.pragma('journal_mode = DELETE');
  } catch (error) {
    if (!asUnavailable(error)) throw error;
  } finally {
    connection.close();
  }
}

/** Also for further connections to a file that `openFile` has opened. */
export function configure(connection: Connection): void {
  connection.pragma('journal_mode = WAL');
  // An acknowledged write survives a power cut: NORMAL would not wait for the disk in WAL mode.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('mmap_size = 0');
  // Unit: KiB when negative.
  connection.pragma('cache_size = -8000');
  // A long import leaves no giant behind. Unit: bytes.
  connection.pragma('journal_size_limit = 67108864');
}
