import type { Comparison } from '../../../scim/filter/ast.ts';
import type { Comparand } from '../../sql/dialect.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { successor } from '../../sql/successor.ts';
import { inStead } from './unstorable.ts';

const OPERATORS: Readonly<Partial<Record<Comparison, string>>> = { eq: '=', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** `Array.isArray` does not tell a list that is read-only. */
export const isList = (value: Comparand): value is readonly string[] => typeof value === 'object';

/** As PostgreSQL writes an array (8.15.2); without those that no stored text is equal to. */
export const listOf = (values: readonly string[]): string => {
  const storable = values.filter((value) => inStead('eq', value));
  return `{${storable.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
};

/** Whether `left`, in comparable form, stands in that relation to a client's literal in the same form. */
export function comparison(left: Sql, op: Comparison, value: Comparand): Sql {
  if (isList(value)) return sql`${left} = ANY (${listOf(value)}::text[])`;
  if (typeof value === 'string') return ofText(left, op, value);
  const operator = OPERATORS[op];
  if (operator === undefined) return raw('FALSE');
  // A type that the column does not have would keep its index from being used.
  const type = typeof value === 'boolean' ? 'boolean' : Number.isSafeInteger(value) ? 'bigint' : 'numeric';
  return sql`${left} ${raw(operator)} ${String(value)}${raw(`::${type}`)}`;
}

function ofText(left: Sql, given: Comparison, value: string): Sql {
  const stead = inStead(given, value);
  if (typeof stead === 'boolean') return stead ? sql`${left} IS NOT NULL` : raw('FALSE');
  const { op, text } = stead;
  const operator = OPERATORS[op];
  if (operator !== undefined) return sql`${left} ${raw(operator)} ${text}::text`;
  if (op === 'co') return sql`strpos(${left}, ${text}) > 0`;
  if (op === 'ew') return sql`right(${left}, ${[...text].length}::int) = ${text}::text`;
  const after = left.params.length === 0 ? successor(text) : undefined;
  return after === undefined
    ? sql`starts_with(${left}, ${text})`
    : sql`(${left} >= ${text}::text AND ${left} < ${after}::text)`;
}
