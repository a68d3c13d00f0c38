import { noSuchUser, notUnique } from '../../../scim/error.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { Traits } from '../../../scim/schema/resource-type.ts';
import type { Document } from '../../sql/document.ts';
import type { Connection } from '../connection/connection.ts';

/** @throws uniqueness */
export function refuseTaken(connection: Connection, type: Traits, { key, natural }: Document): void {
  // The type stands in the text because each type has a partial index of its own.
  if (connection.row(`SELECT 1 FROM resource WHERE type = '${type.name}' AND key = ?`, key) !== undefined) {
    throw notUnique(type.naturalKey, natural);
  }
}

/** @throws invalidValue */
export function refuseUnknownManager(connection: Connection, { managerId }: Document): void {
  if (managerId === undefined) return;
  const row = connection.row<readonly [string]>(`SELECT id FROM resource WHERE id = ? AND type = 'User'`, managerId);
  if (row?.[0] === managerId) return;
  throw noSuchUser(`${ENTERPRISE_SCHEMA}:manager.managerId`, managerId);
}
