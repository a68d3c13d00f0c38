import { naturalName } from '../../../scim/names.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { parseDocument } from '../row/parse-document.ts';
import { findMatching } from '../row/row.ts';
import { touchNeighbours } from './membership.ts';
import type { Leave } from './table-outbox.ts';

/**
 * To be run inside a transaction.
 * @param leave  is told what there was
 * @throws notFound, versionMismatch
 */
export function deleteResource(
  connection: Connection,
  type: ResourceType,
  id: string,
  ifMatch: string | undefined,
  leave?: Leave,
): void {
  const [seq, , , , , , doc] = findMatching(connection, type.name, id, ifMatch);
  touchNeighbours(connection, seq, Date.now());
  // Emails, memberships and the password follow by their foreign keys.
  connection.run('DELETE FROM resource WHERE seq = ?', seq);
  if (!leave) return;
  const before = parseDocument(id, doc);
  leave({ kind: 'delete', type: type.name, id, name: naturalName(type, before), before });
}
