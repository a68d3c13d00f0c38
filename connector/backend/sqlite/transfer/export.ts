import { resolve } from 'node:path';
import type { Exported, ExportOptions } from '../../module/transfer.ts';
import type { Connection } from '../connection/connection.ts';
import { inFile } from '../connection/sqlite-errors.ts';
import { openReadOnly } from '../file/open-read-only.ts';
import { COLUMNS, type Row } from '../row/row.ts';
import { toResource } from '../row/row-to-resource.ts';

const BATCH = 200;

/**
 * Everything in the file, as it is at the first step: users, then groups, each in the order of creation. A running
 * connector is not disturbed, and what is in memory does not depend on the size of the file.
 * @throws unavailable
 */
export function* exportResources(
  file: string,
  { passwordHashes = false }: ExportOptions = {},
): Generator<Exported, void> {
  const path = resolve(file);
  const connection = openReadOnly(path);
  try {
    // One read transaction, hence one moment.
    connection.db.exec('BEGIN');
    for (const type of ['User', 'Group'] as const) {
      let last = 0;
      for (;;) {
        const rows = connection.rows<Row>(
          `SELECT ${COLUMNS} FROM resource AS r WHERE r.type = ? AND r.seq > ? ORDER BY r.seq LIMIT ${BATCH}`,
          type,
          last,
        );
        for (const row of rows) yield exported(connection, row, passwordHashes);
        last = rows.at(-1)?.[0] ?? last;
        if (rows.length < BATCH) break;
      }
    }
  } catch (error) {
    throw inFile(path, error);
  } finally {
    connection.close();
  }
}

function exported(connection: Connection, row: Row, passwordHashes: boolean): Exported {
  // Memberships travel with the groups.
  const resource = { type: row[2], ...toResource(connection, row, { without: ['groups'] }) };
  if (!passwordHashes) return resource;
  const [passwordHash] = connection.row<readonly [string]>('SELECT hash FROM password WHERE seq = ?', row[0]) ?? [];
  return passwordHash === undefined ? resource : { ...resource, passwordHash };
}
