import type { Query } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { raw, sql } from '../../sql/sql.ts';
import type { Reader } from '../row/statement.ts';
import { BLOCK_SIZE } from '../schema/blocks.ts';
import { countOf } from './counts.ts';
import { type FoundPage, pageOf, stretch } from './page-statement.ts';

/**
 * Without a filter the live resources of each block of `seq` are known, so the page starts at a known place, and one
 * statement finds it: its cost does not depend on its number.
 */
export function unfilteredPage(reader: Reader, type: TypeName, { offset, limit }: Query): Promise<FoundPage> {
  const skip = sql`(${offset}::bigint - place.before)`;
  const steps = sql`counted AS MATERIALIZED (
    SELECT block, sum(live)::bigint AS live FROM scim.block_count WHERE type = ${raw(`'${type}'`)} GROUP BY block
  ), place AS (
    SELECT block * ${raw(String(BLOCK_SIZE))} AS seq, before FROM (
      SELECT block, (sum(live) OVER (ORDER BY block) - live)::bigint AS before FROM counted WHERE live > 0
    ) AS b WHERE before <= ${offset}::bigint ORDER BY block DESC LIMIT 1
  ), page AS (
    SELECT s.seq FROM place CROSS JOIN LATERAL (
      ${stretch(type, '>=', raw('place.seq'), sql`${limit}::bigint OFFSET ${skip}`)}
    ) AS s WHERE s.type = ${raw(`'${type}'`)}
  )`;
  return pageOf(reader, steps, raw('(SELECT coalesce(sum(live), 0)::bigint FROM counted)'));
}

/** Behind a place; one more than `limit` where more follow. */
export function pageBehind(reader: Reader, type: TypeName, after: number, limit: number): Promise<FoundPage> {
  const steps = sql`page AS (
    SELECT s.seq FROM (${stretch(type, '>', sql`${after}::bigint`, sql`${limit + 1}::bigint`)}) AS s
    WHERE s.type = ${raw(`'${type}'`)}
  )`;
  return pageOf(reader, steps, countOf(type));
}
