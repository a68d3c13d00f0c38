import { setImmediate as nextTurn } from 'node:timers/promises';
import { ScimError } from '../../scim/error.ts';
import type { Filter } from '../../scim/filter/ast.ts';
import type { BoundPath, TypeName } from '../../scim/schema/resource-type.ts';
import type { Query } from '../backend.ts';
import type { Connection } from './connection.ts';
import { filterToSql } from './filter-to-sql.ts';
import { BLOCK_BITS } from './migrations.ts';
import { sortToSql } from './sort-to-sql.ts';
import { primaryCode, unavailable } from './sqlite-errors.ts';

const BLOCK_SIZE = 2 ** BLOCK_BITS;

/** Longest a search keeps the event loop to itself, one block more or less. Unit: ms. */
const LONGEST_TURN = 20;

/** Most rows of an indexed search that are read at once. */
const FEW = 256;

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

/** The blocks of `seq` in which there is any of `type`, with how many. */
const blocks = (connection: Connection, type: TypeName): (readonly [block: number, live: number])[] =>
  connection.rows('SELECT block, live FROM block_count WHERE type = ? AND live > 0 ORDER BY block', type);

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
 * Counted and cut in one pass: the filter may cost a look into every document. Then the pass goes block by block and
 * lets others have their turn, so that a search through a million people does not stop the server.
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
    const few = connection.rows<readonly [number]>(`${select} LIMIT ${FEW}`, ...params);
    if (few.length < FEW) take(few.toSorted(([a], [b]) => a - b));
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
  let turn = performance.now();
  for (const [block] of blocks(connection, type)) {
    const start = block * BLOCK_SIZE;
    const within = `${select} AND r.seq >= ? AND r.seq < ? ORDER BY r.seq`;
    take(connection.iterate<readonly [number]>(within, ...params, start, start + BLOCK_SIZE));
    if (performance.now() - turn < LONGEST_TURN) continue;
    await nextTurn();
    if (signal.aborted) throw unavailable('the request was given up before the search ended');
    turn = performance.now();
  }
  return { total, seqs };
}
