import type { Read } from '../../../scim/query.ts';
import type { Attributes, Resource, Value } from '../../../scim/resource.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { toDocument } from '../row/document.ts';
import { toResource } from '../row/row-to-resource.ts';
import { refuseUnknownManager } from './constraints.ts';
import { insertRow } from './insert-row.ts';
import { changeMembers } from './membership.ts';
import { type PasswordChange, writePassword } from './password.ts';

/** To be run inside a transaction. @throws uniqueness, invalidValue */
export function createResource(
  connection: Connection,
  type: ResourceType,
  attributes: Attributes,
  password: PasswordChange,
  read?: Read,
): Resource {
  const document = toDocument(type, attributes);
  refuseUnknownManager(connection, document);
  const row = insertRow(connection, type, document, {});
  const [seq, , , created] = row;
  writePassword(connection, seq, password);
  const members = attributes['members'];
  if (type.hasMembers && members !== undefined) {
    changeMembers(connection, seq, [{ op: 'set', path: { attribute: 'members' }, value: members as Value }], created);
  }
  return toResource(connection, row, read);
}
