import type { Query } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Condition } from '../../sql/condition.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { COLUMNS, type Row, rowsOf } from '../row/row.ts';
import { ask, type Reader } from '../row/statement.ts';
import { type FoundPage, pageOf } from './page-statement.ts';
import { tableScan } from './table-scan.ts';

/** Most rows of what an index finds that others are looked at in, in one statement. */
const MOST_LOOKED_AT = 2000;

/** Where a page is within all that a filter finds. */
export interface Cut {
  /** It begins behind that `seq`. */
  readonly after?: number;
  readonly offset: number;
  readonly limit: number;
}

/**
 * Looked at in what is found. No index has it in that form: a planner that hopes for few of a type would rather read all of
 * them, in the index of types, than look up a list of `seq`s.
 */
const isOf = (type: TypeName): Sql => raw(`(r.type || '') = '${type}'`);

/**
 * Who passes a condition, as a step of WITH called `found`. Found before anything is sorted or cut: a planner that hopes to
 * come across a few of them in the order of creation would walk through everybody.
 */
export const foundBy = (type: TypeName, { text, params }: Sql): Sql =>
  sql`found AS MATERIALIZED (SELECT r.seq FROM scim.resource AS r WHERE ${isOf(type)} AND (${{ text, params }}))`;

/** The same for what is found by ranges, of which there may be many: no more than a few are looked at for the rest. */
const foundAmong = (type: TypeName, { finder, eachRow }: Condition): Sql =>
  sql`few AS MATERIALIZED (
    SELECT r.seq FROM scim.resource AS r WHERE ${isOf(type)} AND (${finder}) LIMIT ${raw(String(MOST_LOOKED_AT + 1))}
  ), found AS MATERIALIZED (
    SELECT f.seq FROM few AS f CROSS JOIN LATERAL (
      SELECT 1 FROM scim.resource AS r WHERE r.seq = f.seq AND (${eachRow}) OFFSET 0
    ) AS passes WHERE (SELECT count(*) FROM few) <= ${raw(String(MOST_LOOKED_AT))}
  )`;

const pageIn = ({ after, offset, limit }: Cut): Sql =>
  sql`, page AS (SELECT seq FROM found WHERE seq > ${after ?? 0}::bigint ORDER BY seq LIMIT ${limit}::bigint OFFSET ${offset}::bigint)`;

const TOTAL = raw('(SELECT count(*) FROM found)');
/** None: there are too many to look at in one statement. */
const TOTAL_OF_FEW = raw(
  `(SELECT CASE WHEN count(*) <= ${MOST_LOOKED_AT} THEN (SELECT count(*) FROM found) ELSE -1 END FROM few)`,
);

/** Total and rows in one statement; `undefined` where that could take long. */
export async function searched(
  reader: Reader,
  type: TypeName,
  condition: Condition,
  isAlone: boolean,
  cut: Cut,
): Promise<FoundPage | undefined> {
  if (!condition.indexed && !condition.costly) return undefined;
  if (isAlone || condition.ranges === 0) return pageOf(reader, sql`${foundBy(type, condition)}${pageIn(cut)}`, TOTAL);
  const page = await pageOf(reader, sql`${foundAmong(type, condition)}${pageIn(cut)}`, TOTAL_OF_FEW);
  return page.total < 0 ? undefined : page;
}

/** Most that one key is hoped to find: a name has one, and a few twins. */
const FEW = 100;

/**
 * The agent asks for one name at a time: the plainest statement takes the server half as long as one that counts and cuts.
 * `undefined` where there is more than a page.
 */
async function ofOneKey(
  reader: Reader,
  type: TypeName,
  { text, params }: Condition,
  limit: number,
): Promise<FoundPage | undefined> {
  const most = Math.min(limit, FEW);
  const rows = await ask<Row>(
    reader,
    sql`SELECT ${raw(COLUMNS)} FROM scim.resource AS r WHERE ${isOf(type)} AND (${{ text, params }})
    LIMIT ${raw(String(most + 1))}`,
  );
  return rows.length > most ? undefined : { total: rows.length, rows: rows.toSorted(([a], [b]) => a - b) };
}

/**
 * Counted and cut in one statement where an index finds them; else in one pass, stride by stride.
 * @param isAlone  one comparison, so that nothing is looked at but what is found
 */
export async function filteredPage(
  reader: Reader,
  type: TypeName,
  { offset, limit }: Query,
  condition: Condition,
  isAlone: boolean,
): Promise<FoundPage> {
  if (isAlone && condition.indexed && condition.ranges === 0 && offset === 0) {
    const few = await ofOneKey(reader, type, condition, limit);
    if (few) return few;
  }
  const found = await searched(reader, type, condition, isAlone, { offset, limit });
  if (found) return found;
  const wanted = { after: 0, skip: offset, limit, isCounted: true };
  const { seqs, total } = await tableScan(reader, type, condition.eachRow, wanted);
  return { total, rows: await rowsOf(reader, seqs) };
}
