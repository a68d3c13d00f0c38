import { accessSync, constants } from 'node:fs';
import type { Connection, ConnectionOptions } from '../connection/connection.ts';
import { inFile, unavailable } from '../connection/sqlite-errors.ts';
import { connect } from './connect.ts';
import { identify } from './identify.ts';

/** Opens a database of ours to read it, beside the connector that has it open. @throws unavailable */
export function openReadOnly(file: string, options: Pick<ConnectionOptions, 'timeout'> = {}): Connection {
  requireFile(file);
  const connection = connect(file, { ...options, readonly: true });
  try {
    if (identify(connection, file) === 0) throw unavailable(`${file} is empty`);
    return connection;
  } catch (error) {
    connection.close();
    throw inFile(file, error);
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
