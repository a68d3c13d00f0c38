import type { Query, Sort } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Condition } from '../../sql/condition.ts';
import { sortToSql } from '../../sql/order.ts';
import type { PageRows } from '../../sql/page-rows.ts';
import { type Key, readPlace } from '../../sql/place.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import type { Connection } from '../connection/connection.ts';
import type { Caller } from '../connection/turn.ts';
import { countAll, countMatching } from './count.ts';
import { sqlite } from './sqlite-dialect.ts';
import { tableScan } from './table-scan.ts';

/** SQLite sorts; what no index finds is looked for before. */
export async function sortedPage(
  connection: Connection,
  caller: Caller,
  type: TypeName,
  { sort, offset, limit, cursor }: Query & { readonly sort: Sort },
  condition: Condition | undefined,
): Promise<PageRows> {
  const order = sortToSql(sqlite, type, sort);
  const found =
    condition && !condition.indexed && !condition.costly
      ? await scanned(connection, caller, type, condition)
      : undefined;
  const total = found?.length ?? (condition ? countMatching(connection, type, condition) : countAll(connection, type));
  if (limit === 0 || (!cursor && offset >= total)) return { total, seqs: [] };
  const where = found ? sql`r.seq IN (SELECT value FROM json_each(${JSON.stringify(found)}))` : (condition ?? raw('1'));
  const place = cursor && readPlace(cursor, order.by.length);
  const keys = cursor ? sql`, ${order.by[0]}, ${order.by[1]}` : raw('');
  const { text, params } = sql`SELECT r.seq${keys} FROM resource AS r
    WHERE r.type = ${raw(`'${type}'`)} AND (${where}) AND ${place ? order.behind(place.by) : raw('1')}
    ORDER BY ${order.terms} LIMIT ${limit + 1}${cursor ? raw('') : sql` OFFSET ${offset}`}`;
  const rows = connection.rows<readonly [number, Key, Key]>(text, ...params);
  const [page, last] = [rows.slice(0, limit), rows[limit - 1]];
  const follows = cursor && rows.length > limit && last;
  return { total, seqs: page.map(([seq]) => seq), ...(follows ? { next: { by: [last[1], last[2]] } } : {}) };
}

/** All of them, found in turns, and only once for the count and the page. */
async function scanned(connection: Connection, caller: Caller, type: TypeName, condition: Sql): Promise<number[]> {
  const seqs: number[] = [];
  await tableScan(connection, caller, type, condition, (found) => {
    for (const [seq] of found) seqs.push(seq);
  });
  return seqs;
}
