import { accessSync, constants } from 'node:fs';
import type { Connection, ConnectionOptions } from '../connection/connection.ts';
import { asUnavailable, inFile, unavailable } from '../connection/sqlite-errors.ts';
import { connect } from './connect.ts';
import { identify } from './identify.ts';
import { hasLog, otherNames } from './other-names.ts';

/** Opens a database of ours to read it, beside the connector that has it open. @throws unavailable */
export function openReadOnly(file: string, options: Pick<ConnectionOptions, 'timeout'> = {}): Connection {
  requireFile(file);
  const isLogged = hasLog(file);
  const connection = connect(file, { ...options, readonly: true });
  try {
    if (!isLogged) refuseWithoutLog(connection, file);
    if (identify(connection, file) === 0) throw unavailable('database-missing', `${file} is empty`);
    return connection;
  } catch (error) {
    connection.close();
    throw inFile(file, error);
  }
}

/** One that was not closed has its latest changes, or all of them, beside another name. A backup has left this mode. */
function refuseWithoutLog(connection: Connection, file: string): void {
  const others = otherNames(file);
  if (others !== undefined && !isOneFile(connection)) throw unavailable('database-in-use', others);
}

function isOneFile(connection: Connection): boolean {
  try {
    return connection.pragma('journal_mode') !== 'wal';
  } catch (error) {
    if (asUnavailable(error)) return false;
    throw error;
  }
}

/** Better than the library: of a folder that is missing or closed to us it throws a bare TypeError. */
function requireFile(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw unavailable(
      'database-missing',
      code === 'ENOENT'
        ? `${file} does not exist; check the name and the current folder`
        : `${file} cannot be read (${code}); check the file, its folder, and their permissions`,
      { cause },
    );
  }
}
