import type { Page, Query } from '../../scim/query.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import { findPage } from './query/find-page.ts';
import { toResources } from './row/rows-to-resources.ts';
import type { Reader } from './row/statement.ts';

/**
 * One page. Who is on it, and what each of them has of its own, is settled at one moment; what follows from others is as it
 * is a moment later. @throws unavailable, invalidFilter, invalidCursor
 */
export async function listResources(reader: Reader, type: TypeName, query: Query): Promise<Page> {
  const { total, rows, next } = await findPage(reader, type, query);
  return { total, resources: await toResources(reader, rows, query), ...(next ? { next: JSON.stringify(next) } : {}) };
}
