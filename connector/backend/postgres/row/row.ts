import { notFound } from '../../../scim/error.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Reader } from './statement.ts';

/** Columns of one resource, in the order of `COLUMNS`. */
export type Row = readonly [
  seq: number,
  id: string,
  type: TypeName,
  created: number,
  modified: number,
  version: number,
  doc: string,
  /** It is in a group. Most people that are listed are in none. */
  grouped: boolean,
];

/** Of the row `r` of `resource`. */
export const COLUMNS = `r.seq, r.id, r.type, r.created, r.modified, r.version, r.doc,
  EXISTS (SELECT 1 FROM scim.membership WHERE member_seq = r.seq) AS grouped`;

/** Ids of ours, as far as a text of PostgreSQL can hold what stands in a URL. */
const ID = /^[\x20-\x7e]+$/;

/** The row of a resource; its id counts letter by letter. @throws notFound */
export async function findRow(reader: Reader, type: TypeName, id: string): Promise<Row> {
  if (!ID.test(id)) throw notFound(type, id);
  const text = `SELECT ${COLUMNS} FROM scim.resource AS r WHERE lower(r.id) = lower($1::text COLLATE "C") AND r.id = $1::text`;
  const [row] = await reader.rows<Row>(text, id);
  if (row?.[2] !== type) throw notFound(type, id);
  return row;
}

/** The rows of `seqs`, in their order; without those that are gone by now. */
export async function rowsOf(reader: Reader, seqs: readonly number[]): Promise<readonly Row[]> {
  if (seqs.length === 0) return [];
  // OFFSET 0: one after another by the index, never all resources.
  return reader.rows<Row>(
    `SELECT r.* FROM unnest($1::bigint[]) WITH ORDINALITY AS p (seq, place)
     CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM scim.resource AS r WHERE r.seq = p.seq OFFSET 0) AS r ORDER BY p.place`,
    seqs,
  );
}
