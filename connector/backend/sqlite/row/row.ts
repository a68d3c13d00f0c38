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
  /** 1 when it is in a group, else 0. Most people that are listed are in none. */
  grouped: number,
];

/** Of the row `r` of `resource`. */
export const COLUMNS = `r.seq, r.id, r.type, r.created, r.modified, r.version, r.doc,
  EXISTS (SELECT 1 FROM membership WHERE member_seq = r.seq)`;

/** The row of a resource. @throws notFound */
export function findRow(connection: Connection, type: TypeName, id: string): Row {
  const row = connection.row<Row>(`SELECT ${COLUMNS} FROM resource AS r WHERE r.id = ?`, id);
  // The column ignores case, for filters; an id in a URL does not.
  if (row?.[2] !== type || row[1] !== id) throw notFound(type, id);
  return row;
}

/** The rows of `seqs`, in their order; without those that are gone by now. */
export function rowsOf(connection: Connection, seqs: readonly number[]): readonly Row[] {
  // CROSS JOIN: the list first, never all resources.
  const text = `SELECT ${COLUMNS} FROM json_each(?) AS p CROSS JOIN resource AS r ON r.seq = p.value`;
  return connection.rows<Row>(text, JSON.stringify(seqs));
}

/** The row of a resource, if it is the one that the client has seen. @throws notFound, versionMismatch */
export function findMatching(connection: Connection, type: TypeName, id: string, ifMatch: string | undefined): Row {
  const row = findRow(connection, type, id);
  const [, , , , , version] = row;
  if (ifMatch !== undefined && ifMatch !== String(version)) throw versionMismatch(type, id);
  return row;
}
