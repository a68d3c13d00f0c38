import type { Comparison } from '../../../scim/filter/ast.ts';
import { type BoundPath, isWholeExtension, type TypeName } from '../../../scim/schema/resource-type.ts';
import type { Condition } from '../../sql/condition.ts';
import type { Comparand, Dialect } from '../../sql/dialect.ts';
import { referenceOf } from '../../sql/references.ts';
import { some } from '../../sql/source.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { comparison, isList, listOf } from './comparison.ts';
import { hasId, idIn } from './id-in.ts';
import { namesOf, typed, under } from './json.ts';
import { groupsSource, references } from './postgres-references.ts';
import { sortable } from './sortable.ts';
import { elementsOf, type Values, valuesAt } from './values.ts';

function compareEmail(op: Comparison, value: Comparand): Condition {
  const test = comparison(raw('e.value'), op, value);
  const seqs = sql`SELECT e.seq FROM scim.email AS e WHERE ${test}`;
  // An array is found once, and then by the index of `seq`, in any company of `or`. Many are better joined.
  const found = op === 'eq' || op === 'sw' ? sql`r.seq = ANY (ARRAY(${seqs}))` : sql`r.seq IN (${seqs})`;
  return {
    ...found,
    indexed: op !== 'co' && op !== 'ew',
    costly: op !== 'eq',
    ranges: op === 'eq' ? 0 : 1,
    finder: found,
    eachRow: sql`EXISTS (SELECT 1 FROM scim.email AS e WHERE e.seq = r.seq AND ${test})`,
  };
}

/** OFFSET 0: one after another by the index; a planner that hopes for few of a type would rather read all of them. */
const amongKeys = (type: TypeName, column: Sql, values: readonly string[]): Sql =>
  sql`r.seq = ANY (ARRAY(SELECT o.seq FROM unnest(${listOf(values)}::text[]) AS k (own) CROSS JOIN LATERAL (
    SELECT r.seq FROM scim.resource AS r WHERE r.type = ${raw(`'${type}'`)} AND ${column} = k.own COLLATE "C" OFFSET 0
  ) AS o))`;

/** The JSON type that passes a comparison with a literal: 1 is not true, and "5" is not 5. */
function typeFor({ attribute, sub }: BoundPath, value: Comparand): 'string' | 'number' | 'boolean' {
  // A datetime's literal is a number by now, its values are text.
  if ((sub ?? attribute).type === 'datetime') return 'string';
  return typeof value === 'string' || isList(value) ? 'string' : typeof value === 'number' ? 'number' : 'boolean';
}

function compared(path: BoundPath, { json, value }: Values, literal: Comparand): Sql {
  if (!json) return value;
  const own = typed(json, value, typeFor(path, literal));
  return (path.sub ?? path.attribute).type === 'datetime' ? sql`scim.instant(${own})` : own;
}

function someValue(path: BoundPath, op: Comparison, value: Comparand): Sql {
  const values = valuesAt(path);
  return some(values, comparison(compared(path, values, value), op, value));
}

function present(path: BoundPath): Sql {
  if (path.sub) {
    const values = valuesAt(path);
    return some(values, sql`${values.value} IS NOT NULL`);
  }
  const names = isWholeExtension(path) ? [path.extension ?? ''] : namesOf(path);
  return sql`(${under(raw('r.folded'), ...names)}) IS NOT NULL`;
}

function firstValue(path: BoundPath): Sql {
  const values = placesOf(path);
  const value = orderable(path, values);
  const { from, primary, order } = values;
  if (!from) return value;
  const [isMain, mainFirst] = primary ? [primary, sql`${primary} DESC, `] : [raw('FALSE'), raw('')];
  return sql`(SELECT ${value} FROM ${from} WHERE ${isMain} OR ${value} IS NOT NULL ORDER BY ${mainFirst}${order ?? raw('1')} LIMIT 1)`;
}

/** As a text or a number: what a page ends with is told to whoever asks for the next. */
function orderable(path: BoundPath, { json, value }: Values): Sql {
  if (json) return sortable(path, json, value);
  return (path.sub ?? path.attribute).type === 'boolean' ? sql`(${value})::int` : value;
}

function placesOf(path: BoundPath): Values {
  const part = path.sub ?? path.attribute;
  const reference = referenceOf(path);
  if (!reference) return valuesAt(path);
  if (reference === 'managerName') return { value: references.managerName.value };
  const { from, value, order = '1' } = reference === 'members' ? references.membersSource(part) : groupsSource(part);
  return { ...(from ? { from } : {}), value, order: raw(order) };
}

export const postgres: Dialect = {
  amongKeys,
  comparison,
  version: raw('(CAST(r.version AS TEXT) COLLATE "C")'),
  idIn,
  hasId,
  compareEmail,
  someValue,
  present,
  elementsOf,
  firstValue,
  references,
};
