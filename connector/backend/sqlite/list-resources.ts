import type { Page, Query } from '../../scim/query.ts';
import type { Resource } from '../../scim/resource.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import type { Connection } from './connection/connection.ts';
import { damaged, isMalformed } from './connection/sqlite-errors.ts';
import { type Caller, Turn } from './connection/turn.ts';
import { findDamaged } from './query/find-damaged.ts';
import { findPage } from './query/find-page.ts';
import { rowsOf } from './row/row.ts';
import { toResources } from './row/row-to-resource.ts';

/** Rows that are read in one statement. */
const STRIDE = 200;

/**
 * One page. Who is on it is settled at one moment; what each is like is read stride by stride, and between two turns
 * others have theirs. Who is deleted meanwhile is left out. @throws unavailable, invalidFilter, invalidCursor
 */
export async function listResources(
  connection: Connection,
  caller: Caller,
  type: TypeName,
  query: Query,
): Promise<Page> {
  try {
    return await read(connection, caller, type, query);
  } catch (error) {
    throw isMalformed(error) ? damaged(await findDamaged(connection, caller)) : error;
  }
}

async function read(connection: Connection, caller: Caller, type: TypeName, query: Query): Promise<Page> {
  const turn = new Turn(caller);
  const { total, seqs, next } = await findPage(connection, caller, type, query);
  const resources: Resource[] = [];
  for (let start = 0; start < seqs.length; start += STRIDE) {
    const rows = rowsOf(connection, seqs.slice(start, start + STRIDE));
    for (const resource of toResources(connection, rows, query)) {
      if (resource) resources.push(resource);
      if (turn.isOver) await turn.pass();
    }
  }
  return { total, resources, ...(next ? { next: JSON.stringify(next) } : {}) };
}
