import { ScimError } from '../../../scim/error.ts';
import type { Connection } from '../connection/connection.ts';
import { inFile } from '../connection/sqlite-errors.ts';
import { closeFile, openFile } from './open-file.ts';
import { openReadOnly } from './open-read-only.ts';

type Waiting = readonly [seq: number, text: string];

const HAS_OUTBOX = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'outbox'";

/** A copy is of people. Who opens it would carry the records of their changes to a journal a second time. */
export function dropWaiting(connection: Connection): void {
  if (connection.row(HAS_OUTBOX)) connection.run('DELETE FROM outbox');
}

/** Whatever the connector did not carry to its journal before it ended: what was done stays told when it is undone. */
export function moveWaiting(from: string, to: string): void {
  const waiting = waitingIn(from);
  if (waiting.length === 0) return;
  const connection = openFile(to);
  try {
    connection.db.exec('BEGIN');
    for (const [seq, text] of waiting) connection.run('INSERT INTO outbox VALUES (?, ?)', seq, text);
    connection.db.exec('COMMIT');
  } catch (error) {
    throw inFile(to, error);
  } finally {
    closeFile(connection);
  }
}

/** None where the file cannot be read: it is about to be replaced for that. */
function waitingIn(file: string): readonly Waiting[] {
  try {
    const connection = openReadOnly(file);
    try {
      return connection.row(HAS_OUTBOX) ? connection.rows<Waiting>('SELECT seq, text FROM outbox ORDER BY seq') : [];
    } finally {
      connection.close();
    }
  } catch (error) {
    const failure = inFile(file, error);
    if (failure instanceof ScimError && failure.reason === 'unavailable') return [];
    throw error;
  }
}
