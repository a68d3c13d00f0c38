import type { TypeName } from '../../../scim/schema/resource-type.ts';
import { raw, type Sql } from '../../sql/sql.ts';

/** How many resources of `type` there are. Their blocks know it. */
export const countOf = (type: TypeName): Sql =>
  raw(`(SELECT coalesce(sum(live), 0)::bigint FROM scim.block_count WHERE type = '${type}')`);
