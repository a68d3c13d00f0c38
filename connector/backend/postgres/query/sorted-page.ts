import type { Query, Sort } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import type { Condition } from '../../sql/condition.ts';
import { type Order, sortToSql } from '../../sql/order.ts';
import { type Key, type Place, readPlace } from '../../sql/place.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { COLUMNS, type Row } from '../row/row.ts';
import { ask, type Reader } from '../row/statement.ts';
import { countOf } from './counts.ts';
import { foundBy } from './filtered-page.ts';
import type { Found } from './found.ts';
import { postgres } from './postgres-dialect.ts';
import { tableScan } from './table-scan.ts';
import { numberIn } from './walked-page.ts';

type Line =
  | readonly [total: number, key: Key, tie: Key, ...Row]
  | readonly [total: number, key: null, tie: null, seq: null];

/** PostgreSQL sorts; what no index finds is looked for before. */
export async function sortedPage(
  reader: Reader,
  type: TypeName,
  { sort, offset, limit, cursor }: Query & { readonly sort: Sort },
  condition: Condition | undefined,
): Promise<Found> {
  const order = sortToSql(postgres, type, sort);
  const place = cursor && readPlace(cursor, order.by.length);
  if (place) numberIn(place.by[1]);
  const steps = condition && (await stepsOf(reader, type, condition));
  const rows = steps
    ? among(order, place)
    : order.by[0].text === 'r.key'
      ? byName(type, sort, place)
      : all(type, order, place);
  const lines = await ask<Line>(
    reader,
    sql`WITH ${steps ? sql`${steps}, ` : raw('')}page AS (
      SELECT seq, key, tie, row_number() OVER () AS place
      FROM (${rows} LIMIT ${limit + 1}::bigint OFFSET ${cursor ? 0 : offset}::bigint) AS sorted
    )
    SELECT t.total, p.key, p.tie, r.* FROM (SELECT ${steps ? raw('(SELECT count(*) FROM found)') : countOf(type)} AS total) AS t
    LEFT JOIN (page AS p CROSS JOIN LATERAL (SELECT ${raw(COLUMNS)}, r.type AS of FROM scim.resource AS r WHERE r.seq = p.seq OFFSET 0) AS r)
    ON r.of = ${raw(`'${type}'`)} ORDER BY p.place`,
  );
  const sorted = lines.filter((line): line is Extract<Line, readonly [number, Key, Key, ...Row]> => line[3] !== null);
  const [page, last] = [sorted.slice(0, limit), sorted[limit - 1]];
  const follows = cursor && limit > 0 && sorted.length > limit && last;
  return {
    total: lines[0]?.[0] ?? 0,
    rows: page.map(([, , , ...row]) => row.slice(0, -1) as unknown as Row),
    ...(follows ? { next: { by: [last[1], last[2]] } } : {}),
  };
}

/** Whoever passes the filter, found before anything is sorted. */
async function stepsOf(reader: Reader, type: TypeName, condition: Condition): Promise<Sql> {
  if (condition.indexed || condition.costly) return foundBy(type, condition);
  const all = { after: 0, skip: 0, limit: Number.MAX_SAFE_INTEGER, isCounted: true };
  const { seqs } = await tableScan(reader, type, condition, all);
  return sql`found AS (SELECT seq FROM unnest(${`{${seqs.join(',')}}`}::bigint[]) AS f (seq))`;
}

const selected = ({ by }: Order): Sql => sql`SELECT r.seq, ${by[0]} AS key, ${by[1]} AS tie`;
const behind = (order: Order, place: Place | undefined): Sql => (place ? order.behind(place.by) : raw('TRUE'));

const among = (order: Order, place: Place | undefined): Sql => sql`${selected(order)} FROM found AS f
  CROSS JOIN LATERAL (SELECT * FROM scim.resource WHERE seq = f.seq OFFSET 0) AS r
  WHERE ${behind(order, place)} ORDER BY ${order.terms}`;

const all = (
  type: TypeName,
  order: Order,
  place: Place | undefined,
): Sql => sql`${selected(order)} FROM scim.resource AS r
  WHERE r.type = ${raw(`'${type}'`)} AND ${behind(order, place)} ORDER BY ${order.terms}`;

/** In the order of the index, which begins with the type: all columns are compared as one (see `stretch`). */
function byName(type: TypeName, { descending }: Sort, place: Place | undefined): Sql {
  const direction = raw(descending ? 'DESC' : 'ASC');
  const ofType = raw(`'${type}'`);
  const from = place
    ? sql`(r.type, r.key, r.twin) ${raw(descending ? '<' : '>')} (${ofType}, ${String(place.by[0])}, ${numberIn(place.by[1])}::int)`
    : descending
      ? sql`r.type <= ${ofType}`
      : sql`(r.type, r.key, r.twin) >= (${ofType}, '', 0)`;
  // The index is told apart by what it says of the key.
  return sql`SELECT r.seq, r.key, r.twin AS tie FROM scim.resource AS r
    WHERE ${from} AND r.key IS NOT NULL ORDER BY r.type ${direction}, r.key ${direction}, r.twin ${direction}`;
}
