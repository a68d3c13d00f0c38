import type { Comparison, Literal } from '../../../scim/filter/ast.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { successor } from '../../sql/successor.ts';

const OPERATORS: Readonly<Partial<Record<Comparison, string>>> = { eq: '=', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** Whether `left`, in comparable form, stands in that relation to a client's literal in the same form. */
export function comparison(left: Sql, op: Comparison, value: Literal): Sql {
  const right = typeof value === 'boolean' ? Number(value) : value;
  const operator = OPERATORS[op];
  if (operator) return sql`${left} ${raw(operator)} ${right}`;
  const text = String(right);
  if (op === 'co') return sql`instr(${left}, ${text}) > 0`;
  // SQLite counts from the end of a text, which it takes a NUL for.
  if (op === 'ew') return sql`ends_with(${left}, ${text})`;
  // Counted here: SQLite's length() ends at a NUL.
  const length = [...text].length;
  const after = left.params.length === 0 ? successor(text) : undefined;
  return after === undefined
    ? sql`substr(${left}, 1, ${length}) = ${text}`
    : sql`(${left} >= ${text} AND ${left} < ${after})`;
}
