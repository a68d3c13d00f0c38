import type { Filter } from '../../../scim/filter/ast.ts';
import type { BoundPath, TypeName } from '../../../scim/schema/resource-type.ts';
import { type Condition, perRow } from '../../sql/condition.ts';
import type { Connection } from '../connection/connection.ts';
import { amongRows } from './among-rows.ts';
import { filterToSql } from './filter-to-sql.ts';
import { searchText } from './search-text.ts';

/** Longest a search keeps everybody waiting before it is made in turns instead. Unit: ms. */
const PATIENCE = 50;

/**
 * A filter as it is best asked. What an index finds may be many, and each of them may cost many looks: whoever combines
 * the two is tried once, for a moment, and looks at one row after another if that was too short.
 */
export function boundedCondition(connection: Connection, type: TypeName, filter: Filter<BoundPath>): Condition {
  const condition = filterToSql(type, filter);
  const { text, params, ranges, eachRow } = condition;
  if (filter.kind === 'compare' || ranges === 0) return condition;
  const found = connection.inTime(PATIENCE, () =>
    connection.rows<readonly [number]>(searchText(type, `in_time() AND (${text})`), ...params),
  );
  return found ? amongRows(found.map(([seq]) => seq)) : perRow(eachRow);
}
