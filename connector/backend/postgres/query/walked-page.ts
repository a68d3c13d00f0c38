import { noSuchPlace } from '../../../scim/error.ts';
import type { Cursor } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Condition } from '../../sql/condition.ts';
import { type Place, readPlace } from '../../sql/place.ts';
import { sql } from '../../sql/sql.ts';
import { type Row, rowsOf } from '../row/row.ts';
import { ask, type Reader } from '../row/statement.ts';
import { countOf } from './counts.ts';
import { searched } from './filtered-page.ts';
import type { Found } from './found.ts';
import type { FoundPage } from './page-statement.ts';
import { tableScan } from './table-scan.ts';
import { pageBehind } from './unfiltered-page.ts';

/** A page in the order of creation that begins behind a place: nothing is stepped over, wherever it is. */
export async function walkedPage(
  reader: Reader,
  type: TypeName,
  cursor: Cursor,
  limit: number,
  condition: Condition | undefined,
  isAlone: boolean,
): Promise<Found> {
  const place = readPlace(cursor, 1);
  const after = place ? numberIn(place.by[0]) : 0;
  if (!condition) return cut(await pageBehind(reader, type, after, limit), limit);
  const known = place?.total;
  const page = await behind(reader, type, condition, isAlone, { after, limit, known });
  return cut({ ...page, total: known ?? page.total }, limit, known ?? page.total);
}

/** @throws invalidCursor */
export function numberIn(key: unknown): number {
  if (typeof key === 'number' && Number.isSafeInteger(key)) return key;
  throw noSuchPlace();
}

interface Wanted {
  readonly after: number;
  readonly limit: number;
  /** The total, from the first page. */
  readonly known: number | undefined;
}

async function behind(
  reader: Reader,
  type: TypeName,
  condition: Condition,
  isAlone: boolean,
  { after, limit, known }: Wanted,
): Promise<FoundPage> {
  const wanted = { after, skip: 0, limit: limit + 1, isCounted: known === undefined };
  // Where so many pass, a page is found sooner among everybody, in order, than by searching for all of them.
  const isDense = known !== undefined && known * known > limit * (await countAll(reader, type));
  const found = isDense
    ? undefined
    : await searched(reader, type, condition, isAlone, { after, offset: 0, limit: limit + 1 });
  if (found) return found;
  const { seqs, total } = await tableScan(reader, type, condition.eachRow, wanted);
  return { total, rows: await rowsOf(reader, seqs) };
}

async function countAll(reader: Reader, type: TypeName): Promise<number> {
  const [[total] = [0]] = await ask<readonly [number]>(reader, sql`SELECT ${countOf(type)}`);
  return total;
}

/** @param rows  one more than `limit` where more follow */
function cut({ total, rows }: FoundPage, limit: number, counted?: number): Found {
  const page: readonly Row[] = rows.slice(0, limit);
  const last = page.at(-1)?.[0];
  if (rows.length <= limit || last === undefined) return { total, rows: page };
  const next: Place = { by: [last], ...(counted === undefined ? {} : { total: counted }) };
  return { total, rows: page, next };
}
