import type { Connection, ConnectionOptions } from '../connection/connection.ts';
import { asUnavailable, inFile, unavailable } from '../connection/sqlite-errors.ts';
import { migrate } from '../schema/migrations.ts';
import { configure } from './configure.ts';
import { connect } from './connect.ts';
import { identify } from './identify.ts';
import { hasLog, otherNames, refuseIfOpenElsewhere } from './other-names.ts';
import { probe } from './probe.ts';

/** Opens a database for writing: refuses what is not ours, is damaged or in use by another name, then brings it to the current schema. */
export function openFile(file: string, options: Pick<ConnectionOptions, 'onRun'> = {}): Connection {
  const others = otherNames(file);
  if (others !== undefined) throw unavailable('database-in-use', others);
  const isLogged = hasLog(file);
  const connection = connect(file, options);
  try {
    const schema = identify(connection, file);
    if (!isLogged) refuseIfOpenElsewhere(connection, file);
    if (schema > 0) probe(connection, file);
    // Leaving rollback mode waits for whoever reads this moment. Unit: ms.
    connection.pragma('busy_timeout = 10000');
    configure(connection);
    migrate(connection, schema);
    // From now on others are waited for in turns (CommitQueue): SQLite's own waiting stops the whole process.
    connection.pragma('busy_timeout = 0');
    return connection;
  } catch (error) {
    connection.close();
    throw inFile(file, error);
  }
}

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
