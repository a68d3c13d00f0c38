import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { findMatching } from '../row/row.ts';
import { touchNeighbours } from './membership.ts';

/** To be run inside a transaction. @throws notFound, versionMismatch */
export function deleteResource(
  connection: Connection,
  type: ResourceType,
  id: string,
  ifMatch: string | undefined,
): void {
  const [seq] = findMatching(connection, type.name, id, ifMatch);
  touchNeighbours(connection, seq, Date.now());
  // Emails, memberships and the password follow by their foreign keys.
  connection.run('DELETE FROM resource WHERE seq = ?', seq);
}
