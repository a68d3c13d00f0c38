import type { Sort } from '../../scim/query.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';
import { columnOf } from './column.ts';
import type { Dialect } from './dialect.ts';
import type { Key } from './place.ts';
import { raw, type Sql, sql } from './sql.ts';

/** An order of the row `r`, which leaves no two equal. */
export interface Order {
  /** Terms of ORDER BY. */
  readonly terms: Sql;
  /** What a row is ordered by, and what keeps equals apart. */
  readonly by: readonly [Sql, Sql];
  /** Whether a row comes after the one that has these values. */
  behind(place: readonly Key[]): Sql;
}

/** Columns that are never absent: an index may begin where the place is. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(['r.modified', 'r.created']);

/** Translates a sort into an order of the row `r`; `sortKey` and `compareSorted` are its definition. */
export function sortToSql(dialect: Dialect, type: TypeName, { path, descending }: Sort): Order {
  const key = columnOf(dialect, type, path) ?? dialect.firstValue(path);
  const direction = raw(descending ? 'DESC' : 'ASC');
  const beyond = raw(descending ? '<' : '>');
  // Unique but for twins, and never absent: the index gives the order.
  if (key.text === 'r.key')
    return {
      terms: sql`r.key ${direction}, r.twin ${direction}`,
      by: [raw('r.key'), raw('r.twin')],
      behind: ([name, twin]) => sql`(r.key, r.twin) ${beyond} (${name ?? ''}, ${twin ?? 0})`,
    };
  const seq = raw('r.seq');
  const terms = sql`${key} ${direction} NULLS ${raw(descending ? 'FIRST' : 'LAST')}, r.seq`;
  return {
    terms,
    by: [key, seq],
    behind: ([value, tie]) => {
      const last = tie ?? 0;
      if (value === null || value === undefined)
        return descending ? sql`(${key} IS NOT NULL OR r.seq > ${last})` : sql`(${key} IS NULL AND r.seq > ${last})`;
      if (ALWAYS_THERE.has(key.text))
        return descending
          ? sql`(${key} <= ${value} AND (${key} < ${value} OR r.seq > ${last}))`
          : sql`(${key}, r.seq) > (${value}, ${last})`;
      const later = sql`${key} ${beyond} ${value} OR (${key} = ${value} AND r.seq > ${last})`;
      return descending ? sql`(${later})` : sql`(${later} OR ${key} IS NULL)`;
    },
  };
}
