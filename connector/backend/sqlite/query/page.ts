import { ScimError } from '../../../scim/error.ts';
import type { Filter } from '../../../scim/filter/ast.ts';
import type { Query } from '../../../scim/query.ts';
import type { BoundPath, TypeName } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import { primaryCode } from '../connection/sqlite-errors.ts';
import { BLOCK_SIZE, blocks } from '../schema/blocks.ts';
import { filterToSql } from './filter-to-sql.ts';
import { sortToSql } from './sort-to-sql.ts';
import { raw, type Sql, sql } from './sql.ts';
import { unindexedSearch } from './unindexed-search.ts';

/** Most rows of an indexed search that are read at once. */
const ONE_READ = 256;

/** Which resources make up one page, by `seq`, and how many the whole query has. */
export interface Slice {
  readonly total: number;
  readonly seqs: readonly number[];
}

/** @throws invalidFilter  more conditions than SQLite takes in one statement */
export async function slice(connection: Connection, signal: AbortSignal, type: TypeName, query: Query): Promise<Slice> {
  try {
    return await sliceOf(connection, signal, type, query);
  } catch (error) {
    if (!query.filter || primaryCode(error) !== 'SQLITE_ERROR') throw error;
    const text = 'filter: too many conditions for the database; ask in several requests';
    throw new ScimError('invalidFilter', text, { cause: error });
  }
}

async function sliceOf(connection: Connection, signal: AbortSignal, type: TypeName, query: Query): Promise<Slice> {
  const { filter, sort, offset, limit } = query;
  if (!sort) return filter ? filtered(connection, signal, type, filter, query) : everyone(connection, type, query);
  const order = sortToSql(type, sort);
  const condition = filter && filterToSql(type, filter);
  const found =
    condition && !condition.indexed && !condition.costly
      ? await search(connection, signal, type, condition)
      : undefined;
  const total = found?.length ?? (filter ? count(connection, type, filter) : countAll(connection, type));
  if (limit === 0 || offset >= total) return { total, seqs: [] };
  const where = found ? sql`r.seq IN (SELECT value FROM json_each(${JSON.stringify(found)}))` : (condition ?? raw('1'));
  const rows = connection.rows<readonly [number]>(
    `SELECT r.seq FROM resource AS r WHERE r.type = '${type}' AND (${where.text}) ORDER BY ${order.text} LIMIT ? OFFSET ?`,
    ...where.params,
    ...order.params,
    limit,
    offset,
  );
  return { total, seqs: rows.map(([seq]) => seq) };
}

/** All of them, to be sorted: found in turns, and only once for the count and the page. */
async function search(connection: Connection, signal: AbortSignal, type: TypeName, condition: Sql): Promise<number[]> {
  const seqs: number[] = [];
  await unindexedSearch(connection, signal, type, condition, (found) => {
    for (const [seq] of found) seqs.push(seq);
  });
  return seqs;
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
function everyone(connection: Connection, type: TypeName, { offset, limit }: Query): Slice {
  const total = countAll(connection, type);
  if (limit === 0 || offset >= total) return { total, seqs: [] };
  let before = 0;
  let start = 0;
  for (const [block, live] of blocks(connection, type)) {
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

/**
 * Counted and cut in one pass: the filter may cost a look into every document. Then the pass lets others have their
 * turn, so that a search through a million people does not stop the server.
 */
async function filtered(
  connection: Connection,
  signal: AbortSignal,
  type: TypeName,
  filter: Filter<BoundPath>,
  { offset, limit }: Query,
): Promise<Slice> {
  const { text, params, indexed, costly } = filterToSql(type, filter);
  const seqs: number[] = [];
  let total = 0;
  const take = (found: Iterable<readonly [number]>): void => {
    for (const [seq] of found) {
      if (total >= offset && seqs.length < limit) seqs.push(seq);
      total += 1;
    }
  };
  const select = `SELECT r.seq FROM resource AS r WHERE r.type = '${type}' AND (${text})`;
  if (indexed) {
    // The agent asks for one name at a time: reading all at once is twice as fast as row by row.
    const few = connection.rows<readonly [number]>(`${select} LIMIT ${ONE_READ}`, ...params);
    if (few.length < ONE_READ) take(few.toSorted(([a], [b]) => a - b));
    else {
      total = count(connection, type, filter);
      // The + keeps the planner from a scan that happens to come in order.
      const page = `${select} ORDER BY +r.seq LIMIT ? OFFSET ?`;
      for (const [seq] of connection.rows<readonly [number]>(page, ...params, limit, offset)) seqs.push(seq);
    }
    return { total, seqs };
  }
  if (costly) {
    take(connection.iterate<readonly [number]>(`${select} ORDER BY r.seq`, ...params));
    return { total, seqs };
  }
  await unindexedSearch(connection, signal, type, { text, params }, take);
  return { total, seqs };
}
