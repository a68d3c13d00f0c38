import type { Query, Sort } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Connection } from '../connection/connection.ts';
import type { Caller } from '../connection/turn.ts';
import type { Condition } from './condition.ts';
import { countAll, countMatching } from './count.ts';
import type { PageRows } from './page-rows.ts';
import { sortToSql } from './sort-to-sql.ts';
import { raw, type Sql, sql } from './sql.ts';
import { tableScan } from './table-scan.ts';

/** SQLite sorts; what no index finds is looked for before. */
export async function sortedPage(
  connection: Connection,
  caller: Caller,
  type: TypeName,
  { sort, offset, limit }: Query & { readonly sort: Sort },
  condition: Condition | undefined,
): Promise<PageRows> {
  const order = sortToSql(type, sort);
  const found =
    condition && !condition.indexed && !condition.costly
      ? await scanned(connection, caller, type, condition)
      : undefined;
  const total = found?.length ?? (condition ? countMatching(connection, type, condition) : countAll(connection, type));
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

/** All of them, found in turns, and only once for the count and the page. */
async function scanned(connection: Connection, caller: Caller, type: TypeName, condition: Sql): Promise<number[]> {
  const seqs: number[] = [];
  await tableScan(connection, caller, type, condition, (found) => {
    for (const [seq] of found) seqs.push(seq);
  });
  return seqs;
}
