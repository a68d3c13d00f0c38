import type { Query } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { PageRows } from '../../sql/page-rows.ts';
import type { Connection } from '../connection/connection.ts';
import { BLOCK_SIZE, blocks } from '../schema/blocks.ts';

/**
 * Without a filter the live resources of each block of `seq` are known, so the page starts at a known place: its
 * cost does not depend on its number.
 */
export function unfilteredPage(connection: Connection, type: TypeName, { offset, limit }: Query): PageRows {
  const counts = blocks(connection, type);
  const total = counts.reduce((sum, [, live]) => sum + live, 0);
  if (limit === 0 || offset >= total) return { total, seqs: [] };
  let before = 0;
  let start = 0;
  for (const [block, live] of counts) {
    start = block * BLOCK_SIZE;
    if (before + live > offset) break;
    before += live;
  }
  // The rest of the offset, within one block, is stepped over in an index of a few bytes a row.
  const rows = connection.rows<readonly [number]>(
    `SELECT seq FROM resource INDEXED BY resource_type WHERE type = ? AND seq >= ? ORDER BY seq LIMIT ? OFFSET ?`,
    type,
    start,
    limit,
    offset - before,
  );
  return { total, seqs: rows.map(([seq]) => seq) };
}
