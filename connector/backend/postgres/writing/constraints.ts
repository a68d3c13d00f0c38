import { brokenConstraint } from '../../../postgres/postgres-errors.ts';
import type { Session } from '../../../postgres/session.ts';
import { noSuchUser, notUnique } from '../../../scim/error.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { Traits } from '../../../scim/schema/resource-type.ts';
import type { Document } from '../../sql/document.ts';
import { isText } from './storable.ts';

export const taken = (type: Traits, { natural }: Document) => notUnique(type.naturalKey, natural);

export const unknownManager = ({ managerId = '' }: Document) =>
  noSuchUser(`${ENTERPRISE_SCHEMA}:manager.managerId`, managerId);

/** Before a name is taken. Somebody may still come first: see `asTaken`. @throws uniqueness */
export async function refuseTaken(session: Session, type: Traits, document: Document): Promise<void> {
  const found = await session.rows(
    'SELECT 1 FROM scim.resource WHERE type = $1 AND key = $2 LIMIT 1',
    type.name,
    document.key,
  );
  if (found.length > 0) throw taken(type, document);
}

/** What it means when the index of names has refused a write. */
export const asTaken = (error: unknown, type: Traits, document: Document): unknown =>
  brokenConstraint(error) === 'resource_name' ? taken(type, document) : error;

/** @throws invalidValue */
export async function refuseUnknownManager(session: Session, document: Document): Promise<void> {
  const { managerId } = document;
  if (managerId === undefined) return;
  // By the index of ids alone: users are nearly all there is.
  const text = `SELECT m.id FROM (
    SELECT r.id, r.type FROM scim.resource AS r WHERE lower(r.id) = lower($1 COLLATE "C") OFFSET 0
  ) AS m WHERE m.type = 'User'`;
  const [row] = !isText(managerId) ? [] : await session.rows<readonly [string]>(text, managerId);
  if (row?.[0] !== managerId) throw unknownManager(document);
}
