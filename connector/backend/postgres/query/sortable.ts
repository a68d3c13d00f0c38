import type { BoundPath } from '../../../scim/schema/resource-type.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { inOrder, type Json, typed } from './json.ts';

/** The bytes of a double in hexadecimal, so that they come in the order of the numbers: negative ones last to first. */
const inBytes = (number: Sql): Sql => {
  const bytes = sql`encode(float8send((${number})::float8), 'hex')`;
  return sql`CASE WHEN ${number} < 0 THEN translate(${bytes}, '0123456789abcdef', 'fedcba9876543210')
    ELSE translate(left(${bytes}, 1), '01234567', '89abcdef') || substr(${bytes}, 2) END`;
};

/**
 * A piece of JSON as a text that comes in the order in which such values are sorted: numbers and booleans before text
 * (`compareKeys`); or a date as its instant.
 */
export function sortable({ attribute, sub }: BoundPath, kind: Json['kind'], value: Sql): Sql {
  if ((sub ?? attribute).type === 'datetime') return sql`scim.instant(${typed(kind, value, 'string')})`;
  const number = sql`CASE ${raw(kind)}_typeof(${value}) WHEN 'number' THEN (${value})::text::numeric
    WHEN 'boolean' THEN (${value})::text::boolean::int END`;
  return inOrder(sql`CASE ${raw(kind)}_typeof(${value}) WHEN 'string' THEN 't' || (${value} #>> '{}')
    ELSE 'n' || ${inBytes(sql`(${number})`)} END`);
}
