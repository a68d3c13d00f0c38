import type { Change } from '../../../scim/change.ts';
import type { Read } from '../../../scim/query.ts';
import type { Attributes, Resource, Value } from '../../../scim/resource.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import { toDocument } from '../../sql/document.ts';
import type { Connection } from '../connection/connection.ts';
import { toResource } from '../row/row-to-resource.ts';
import { refuseUnknownManager } from './constraints.ts';
import { insertRow } from './insert-row.ts';
import { changeMembers } from './membership.ts';
import { type PasswordChange, writePassword } from './password.ts';
import { movement, passwordIn } from './stored-change.ts';
import type { Leave } from './table-outbox.ts';

/**
 * To be run inside a transaction.
 * @param leave  is told what was made
 * @throws uniqueness, invalidValue
 */
export function createResource(
  connection: Connection,
  type: ResourceType,
  attributes: Attributes,
  password: PasswordChange,
  read?: Read,
  leave?: Leave,
): Resource {
  const document = toDocument(type, attributes);
  if (!type.keepsUnknownManager) refuseUnknownManager(connection, document);
  const row = insertRow(connection, type, document, {});
  const [seq, id, , created] = row;
  writePassword(connection, seq, password);
  const members = attributes['members'];
  const all: Change = { op: 'set', path: { attribute: 'members' }, value: members as Value };
  const moved = type.hasMembers && members !== undefined && changeMembers(connection, seq, [all], created);
  leave?.({
    kind: 'create',
    type: type.name,
    id,
    name: document.natural,
    after: document.stored,
    ...movement(connection, moved),
    ...passwordIn(password),
  });
  return toResource(connection, row, read);
}
