import { notFound, versionMismatch } from '../../../scim/error.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';

/** Columns of one resource, in the order of `COLUMNS`. */
export type Row = readonly [
  seq: number,
  id: string,
  type: TypeName,
  created: number,
  modified: number,
  version: number,
  doc: string,
];

export const COLUMNS = 'seq, id, type, created, modified, version, doc';

/** The row of a resource. @throws notFound */
export function findRow(connection: Connection, type: TypeName, id: string): Row {
  const row = connection.row<Row>(`SELECT ${COLUMNS} FROM resource WHERE id = ?`, id);
  // The column ignores case, for filters; an id in a URL does not.
  if (row?.[2] !== type || row[1] !== id) throw notFound(type, id);
  return row;
}

/** The row of a resource, if it is the one that the client has seen. @throws notFound, versionMismatch */
export function findMatching(connection: Connection, type: TypeName, id: string, ifMatch: string | undefined): Row {
  const row = findRow(connection, type, id);
  const [, , , , , version] = row;
  if (ifMatch !== undefined && ifMatch !== String(version)) throw versionMismatch(type, id);
  return row;
}
