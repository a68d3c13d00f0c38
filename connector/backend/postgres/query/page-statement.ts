import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { COLUMNS, type Row } from '../row/row.ts';
import { ask, type Reader } from '../row/statement.ts';

/** A page as one statement finds it: its rows, and the total of the whole query. */
export interface FoundPage {
  readonly total: number;
  readonly rows: readonly Row[];
}

type Line = readonly [total: number, ...Row] | readonly [total: number, seq: null];

/**
 * Total and rows as they are at one moment.
 * @param steps  of WITH; one of them is called `page` and has the `seq`s
 * @param total  what they are cut from
 */
export async function pageOf(reader: Reader, steps: Sql, total: Sql): Promise<FoundPage> {
  // OFFSET 0: the rows one after another by the index, never all resources.
  const lines = await ask<Line>(
    reader,
    sql`WITH ${steps} SELECT t.total, r.* FROM (SELECT ${total} AS total) AS t
    LEFT JOIN (page AS p CROSS JOIN LATERAL (SELECT ${raw(COLUMNS)} FROM scim.resource AS r WHERE r.seq = p.seq OFFSET 0) AS r)
    ON TRUE ORDER BY p.seq`,
  );
  const rows = lines.flatMap(([, ...row]) => (row[0] === null ? [] : [row as unknown as Row]));
  return { total: lines[0]?.[0] ?? 0, rows };
}

/**
 * The next of a type from a place on, in the order of creation. Both columns are compared as one, so that the planner sees
 * a long stretch of the index, in order, of which little is taken: never a few rows to be sorted, which may be all of them.
 * Rows of the next type may come behind, for `OF_TYPE` to leave out.
 */
export const stretch = (type: TypeName, relation: '>' | '>=', seq: Sql, limit: Sql): Sql =>
  sql`SELECT x.type, x.seq FROM scim.resource AS x
    WHERE (x.type, x.seq) ${raw(relation)} (${raw(`'${type}'`)}, ${seq}) ORDER BY x.type, x.seq LIMIT ${limit}`;
