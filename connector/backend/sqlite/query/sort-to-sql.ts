import type { Sort } from '../../../scim/query.ts';
import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { sourceOf } from './path-to-sql.ts';
import { groupsSource, managerName, membersSource, referenceOf } from './references-to-sql.ts';
import type { Source } from './source.ts';
import { raw, type Sql, sql } from './sql.ts';

/** Translates a sort into the terms of ORDER BY over the row `r`; `sortKey` and `compareSorted` are its definition. */
export function sortToSql(type: TypeName, { path, descending }: Sort): Sql {
  const key = firstOf(sourceFor(type, path));
  const direction = raw(descending ? 'DESC' : 'ASC');
  // Unique but for twins, and never absent: the index gives the order.
  if (key.text === 'r.key') return sql`r.key ${direction}, r.twin ${direction}`;
  return sql`${key} ${direction} NULLS ${raw(descending ? 'FIRST' : 'LAST')}, r.seq`;
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
