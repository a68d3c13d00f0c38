import type { Attribute } from '../../../scim/schema/attribute.ts';
import { type Sql, sql } from '../../sql/sql.ts';

/** A stored value in comparable form: as `target` says, datetimes as ms and text in one case. */
export const foldedBy = (target: Attribute, value: Sql): Sql => {
  if (target.type === 'datetime') return sql`instant(${value})`;
  return target.type === 'string' && !target.caseExact ? sql`fold(${value})` : value;
};
