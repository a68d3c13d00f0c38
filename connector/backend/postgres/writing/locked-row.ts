import type { Session } from '../../../postgres/session.ts';
import { notFound, versionMismatch } from '../../../scim/error.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { COLUMNS, type Row } from '../row/row.ts';
import { isText } from './storable.ts';

/**
 * The row of a resource, which nobody else changes until the transaction ends; the newest there is, after whoever had it.
 * @throws notFound, versionMismatch  it is not the one that the client has seen
 */
export async function lockRow(session: Session, type: TypeName, id: string, ifMatch: string | undefined): Promise<Row> {
  const text = `SELECT ${COLUMNS} FROM scim.resource AS r WHERE lower(r.id) = lower($1 COLLATE "C") FOR NO KEY UPDATE`;
  const [row] = !isText(id) ? [] : await session.rows<Row>(text, id);
  return matching(row, type, id, ifMatch);
}

/** @throws notFound, versionMismatch */
export function matching(row: Row | undefined, type: TypeName, id: string, ifMatch: string | undefined): Row {
  if (row?.[2] !== type || row[1] !== id) throw notFound(type, id);
  const [, , , , , version] = row;
  if (ifMatch !== undefined && ifMatch !== String(version)) throw versionMismatch(type, id);
  return row;
}
