import type { Sort } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { sourceOf } from './path-to-sql.ts';
import type { Key } from './place.ts';
import { groupsSource, managerName, membersSource, referenceOf } from './references-to-sql.ts';
import type { Source } from './source.ts';
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
export function sortToSql(type: TypeName, { path, descending }: Sort): Order {
  const key = firstOf(sourceFor(type, path));
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

function sourceFor(type: TypeName, path: Sort['path']): Source {
  const part = path.sub ?? path.attribute;
  switch (referenceOf(path)) {
    case 'members':
      return membersSource(part);
    case 'groups':
      return groupsSource(part);
    case 'managerName':
      return managerName;
    case undefined:
      return sourceOf(type, path);
  }
}

/** The primary value, be it absent; without a primary the first that is there. */
function firstOf({ from, value, primary = 'NULL', order = 'NULL' }: Source): Sql {
  if (!from) return value;
  return sql`(SELECT ${value} FROM ${from} WHERE ${raw(primary)} OR ${value} IS NOT NULL
    ORDER BY ${raw(primary)} DESC, ${raw(order)} LIMIT 1)`;
}
