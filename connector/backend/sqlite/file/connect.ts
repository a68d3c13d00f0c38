import { Connection, type ConnectionOptions } from '../connection/connection.ts';
import { inFile } from '../connection/sqlite-errors.ts';

/** @throws unavailable  saying which file */
export function connect(file: string, options?: ConnectionOptions): Connection {
  try {
    return new Connection(file, options);
  } catch (error) {
    throw inFile(file, error);
  }
}
