import { notFound } from '../../scim/error.ts';
import type { Read } from '../../scim/query.ts';
import type { Resource } from '../../scim/resource.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import type { Connection } from './connection/connection.ts';
import { type Caller, Turn } from './connection/turn.ts';
import { findRow } from './row/row.ts';
import { toResources } from './row/row-to-resource.ts';

/** One resource. A large group is read in turns. @throws notFound, unavailable */
export async function readResource(
  connection: Connection,
  caller: Caller,
  type: TypeName,
  id: string,
  read?: Read,
): Promise<Resource> {
  const turn = new Turn(caller);
  for (const resource of toResources(connection, [findRow(connection, type, id)], read)) {
    if (resource) return resource;
    if (turn.isOver) await turn.pass();
  }
  throw notFound(type, id);
}
