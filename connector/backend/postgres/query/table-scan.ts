import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { ask, type Reader } from '../row/statement.ts';
import { stretch } from './page-statement.ts';

/** Unit: rows that one statement looks at. */
const FIRST_STRIDE = 2048;
const LONGEST_STRIDE = 2 ** 17;
/** A statement looks at as many rows as are done in about that time: a caller who has left is noticed between two. Unit: ms. */
const AIM = 100;

/** What is wanted of the rows that a condition holds for, in the order of creation. */
export interface Wanted {
  /** The last `seq` that is not looked at. */
  readonly after: number;
  /** Not taken, the first of them. */
  readonly skip: number;
  readonly limit: number;
  /** Whether those behind the last one taken are counted. */
  readonly isCounted: boolean;
}

export interface Scanned {
  readonly seqs: readonly number[];
  /** Of all that were looked at. */
  readonly total: number;
}

type Stride = readonly [last: number | null, lookedAt: number, found: number, seqs: string | null];

/** Every `seq` that `condition` holds for, stride by stride. For conditions without an index, which cost a look into every document. */
export async function tableScan(
  reader: Reader,
  type: TypeName,
  condition: Sql,
  { after, skip, limit, isCounted }: Wanted,
): Promise<Scanned> {
  const seqs: number[] = [];
  let [total, last, stride] = [0, after, FIRST_STRIDE];
  for (;;) {
    const begun = performance.now();
    const wanted = { skip: Math.max(0, skip - total), limit: limit - seqs.length };
    const [[end, lookedAt, found, taken] = [null, 0, 0, null]] = await ask<Stride>(
      reader,
      strideText(type, condition, last, stride, wanted),
    );
    total += found;
    if (taken !== null) for (const seq of JSON.parse(taken) as readonly number[]) seqs.push(seq);
    if (lookedAt < stride || end === null || (!isCounted && seqs.length >= limit)) return { seqs, total };
    last = end;
    const time = performance.now() - begun;
    if (time > 2 * AIM) stride = Math.max(1, stride >> 2);
    else if (time < AIM / 2) stride = Math.min(LONGEST_STRIDE, stride * 2);
  }
}

function strideText(
  type: TypeName,
  condition: Sql,
  last: number,
  stride: number,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Sql {
  const isOfType = raw(`type = '${type}'`);
  return sql`WITH stretch AS MATERIALIZED (${stretch(type, '>', sql`${last}::bigint`, sql`${stride}::bigint`)}),
    found AS MATERIALIZED (
      SELECT s.seq FROM stretch AS s CROSS JOIN LATERAL (
        SELECT 1 FROM scim.resource AS r WHERE r.seq = s.seq AND (${condition}) OFFSET 0
      ) AS passes WHERE s.${isOfType}
    )
    SELECT (SELECT max(seq) FROM stretch WHERE ${isOfType}), (SELECT count(*) FROM stretch WHERE ${isOfType}),
      (SELECT count(*) FROM found),
      (SELECT json_agg(seq) FROM (SELECT seq FROM found ORDER BY seq LIMIT ${limit}::bigint OFFSET ${skip}::bigint) AS taken)`;
}
