import type { Filter } from '../../scim/filter/ast.ts';
import type { BoundPath, TypeName } from '../../scim/schema/resource-type.ts';
import type { Query } from '../backend.ts';
import type { Connection } from './connection.ts';
import { filterToSql } from './filter-to-sql.ts';
import { BLOCK_BITS } from './migrations.ts';
import { sortToSql } from './sort-to-sql.ts';

/** Which resources make up one page, by `seq`, and how many the whole query has. */
export interface Slice {
  readonly total: number;
  readonly seqs: readonly number[];
}

export function slice(connection: Connection, type: TypeName, { filter, sort, offset, limit }: Query): Slice {
  if (!sort)
    return filter ? filtered(connection, type, filter, offset, limit) : everyone(connection, type, offset, limit);
  const order = sortToSql(type, sort);
  const where = filter ? filterToSql(type, filter) : { text: '1', params: [] };
  const total = filter ? count(connection, type, filter) : countAll(connection, type);
  if (limit === 0 || offset >= total) return { total, seqs: [] };
  const rows = connection.rows<readonly [number]>(
    `SELECT r.seq FROM resource AS r WHERE r.type = '${type}' AND (${where.text}) ORDER BY ${order.text} LIMIT ? OFFSET ?`,
    ...where.params,
    ...order.params,
    limit,
    offset,
  );
  return { total, seqs: rows.map(([seq]) => seq) };
}

function countAll(connection: Connection, type: TypeName): number {
  const [total] = connection.row<readonly [number | null]>(
    'SELECT sum(live) FROM block_count WHERE type = ?',
    type,
  ) ?? [0];
  return total ?? 0;
}

function count(connection: Connection, type: TypeName, filter: Filter<BoundPath>): number {
  const { text, params } = filterToSql(type, filter);
  const [total] = connection.row<readonly [number]>(
    `SELECT count(*) FROM resource AS r WHERE r.type = '${type}' AND (${text})`,
    ...params,
  ) ?? [0];
  return total;
}

/**
 * Without a filter the live resources of each block of `seq` are known, so the page starts at a known place: its
 * cost does not depend on its number.
 */
function everyone(connection: Connection, type: TypeName, offset: number, limit: number): Slice {
  const total = countAll(connection, type);
  if (limit === 0 || offset >= total) return { total, seqs: [] };
  let before = 0;
  let start = 0;
  for (const [block, live] of connection.rows<readonly [number, number]>(
    'SELECT block, live FROM block_count WHERE type = ? ORDER BY block',
    type,
  )) {
    start = block * 2 ** BLOCK_BITS;
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

/** Counted and cut in one pass: the filter may cost a look into every document. */
function filtered(
  connection: Connection,
  type: TypeName,
  filter: Filter<BoundPath>,
  offset: number,
  limit: number,
): Slice {
  const { text, params, indexed } = filterToSql(type, filter);
  // With an index the planner must not prefer a scan that happens to come in order.
  const order = indexed ? '+r.seq' : 'r.seq';
  const seqs: number[] = [];
  let total = 0;
  for (const [seq] of connection.iterate<readonly [number]>(
    `SELECT r.seq FROM resource AS r WHERE r.type = '${type}' AND (${text}) ORDER BY ${order}`,
    ...params,
  )) {
    if (total >= offset && seqs.length < limit) seqs.push(seq);
    total += 1;
  }
  return { total, seqs };
}
