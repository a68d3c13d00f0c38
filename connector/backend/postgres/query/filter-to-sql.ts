import type { Filter } from '../../../scim/filter/ast.ts';
import type { BoundPath, TypeName } from '../../../scim/schema/resource-type.ts';
import type { Condition } from '../../sql/condition.ts';
import { filterToSql as translated } from '../../sql/filter-to-sql.ts';
import { postgres } from './postgres-dialect.ts';

/** Translates a bound filter into a condition on the row `r` of `resource`. */
export const filterToSql = (type: TypeName, filter: Filter<BoundPath>): Condition => translated(postgres, type, filter);
