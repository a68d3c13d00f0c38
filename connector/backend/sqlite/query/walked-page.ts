import type { Cursor } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Condition } from '../../sql/condition.ts';
import type { PageRows } from '../../sql/page-rows.ts';
import { type Place, readPlace } from '../../sql/place.ts';
import type { Connection } from '../connection/connection.ts';
import type { Caller } from '../connection/turn.ts';
import { countAll, countMatching } from './count.ts';
import { ONE_READ } from './filtered-page.ts';
import { searchText } from './search-text.ts';
import { tableScan } from './table-scan.ts';

/** A page in the order of creation that begins behind a place: nothing is stepped over, wherever it is. */
export async function walkedPage(
  connection: Connection,
  caller: Caller,
  type: TypeName,
  cursor: Cursor,
  limit: number,
  condition: Condition | undefined,
): Promise<PageRows> {
  const place = readPlace(cursor, 1);
  const after = Number(place?.by[0] ?? -1);
  if (condition) return searched(connection, caller, type, { after, limit, known: place?.total }, condition);
  const rows = connection.rows<readonly [number]>(
    'SELECT seq FROM resource INDEXED BY resource_type WHERE type = ? AND seq > ? ORDER BY seq LIMIT ?',
    type,
    after,
    limit + 1,
  );
  const seqs = rows.map(([seq]) => seq);
  return cut(seqs, limit, { total: countAll(connection, type) });
}

interface Wanted {
  readonly after: number;
  readonly limit: number;
  /** The total, from the first page. */
  readonly known: number | undefined;
}

async function searched(
  connection: Connection,
  caller: Caller,
  type: TypeName,
  { after, limit, known }: Wanted,
  condition: Condition,
): Promise<PageRows> {
  const { text, params, indexed, costly, eachRow } = condition;
  const seqs: number[] = [];
  let total = 0;
  // The first page counts them all; those behind it end where they are full.
  const take = (found: Iterable<readonly [number]>): 'enough' | undefined => {
    for (const [seq] of found) {
      total += 1;
      if (seqs.length <= limit) seqs.push(seq);
    }
    return known !== undefined && seqs.length > limit ? 'enough' : undefined;
  };
  const select = searchText(type, text);
  const rest = (order: string): Iterable<readonly [number]> =>
    connection.iterate<readonly [number]>(
      `${select} AND r.seq > ? ORDER BY ${order} LIMIT ?`,
      ...params,
      after,
      limit + 1,
    );
  // Where so many pass, a page is found sooner among everybody, in order, than by searching for all of them.
  const isDense = (): boolean => known !== undefined && known * known > limit * countAll(connection, type);
  if (indexed) {
    const few = connection.rows<readonly [number]>(`${select} LIMIT ${ONE_READ}`, ...params);
    if (few.length < ONE_READ) {
      take(few.filter(([seq]) => seq > after).toSorted(([a], [b]) => a - b));
      return cut(seqs, limit, { total: few.length });
    }
    const counted = known ?? countMatching(connection, type, condition);
    if (isDense()) await tableScan(connection, caller, type, eachRow, take, after + 1);
    // The + keeps the planner from a scan that happens to come in order.
    else take(rest('+r.seq'));
    return cut(seqs, limit, { total: counted, counted });
  }
  if (isDense()) await tableScan(connection, caller, type, eachRow, take, after + 1);
  else if (costly && known !== undefined) take(rest('r.seq'));
  else if (costly) take(connection.iterate<readonly [number]>(`${select} ORDER BY r.seq`, ...params));
  else await tableScan(connection, caller, type, condition, take, after + 1);
  const counted = known ?? total;
  return cut(seqs, limit, { total: counted, counted });
}

/** @param seqs  one more than `limit` where more follow */
function cut(
  seqs: readonly number[],
  limit: number,
  { total, counted }: { readonly total: number; readonly counted?: number },
): PageRows {
  const page = seqs.slice(0, limit);
  const last = page.at(-1);
  if (seqs.length <= limit || last === undefined) return { total, seqs: page };
  const next: Place = { by: [last], ...(counted === undefined ? {} : { total: counted }) };
  return { total, seqs: page, next };
}
