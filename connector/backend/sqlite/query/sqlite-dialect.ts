import type { Comparison, Literal } from '../../../scim/filter/ast.ts';
import { type BoundPath, isWholeExtension } from '../../../scim/schema/resource-type.ts';
import type { Condition } from '../../sql/condition.ts';
import type { Dialect } from '../../sql/dialect.ts';
import { referenceOf } from '../../sql/references.ts';
import { type Source, some } from '../../sql/source.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { comparison } from './comparison.ts';
import { hasId, idIn } from './id-in.ts';
import { jsonPath } from './json-path.ts';
import { elementsOf, sourceOf } from './path-to-sql.ts';
import { groupsSource, references } from './sqlite-references.ts';

function compareEmail(op: Comparison, value: Literal): Condition {
  const test = comparison(raw('value'), op, value);
  const found = sql`r.seq IN (SELECT seq FROM email WHERE ${test})`;
  return {
    ...found,
    indexed: op !== 'co' && op !== 'ew',
    costly: op !== 'eq',
    ranges: op === 'eq' ? 0 : 1,
    finder: found,
    eachRow: sql`EXISTS (SELECT 1 FROM email WHERE seq = r.seq AND ${test})`,
  };
}

function someValue(path: BoundPath, op: Comparison, value: Literal): Sql {
  const source = sourceOf(path);
  const test = comparison(source.value, op, value);
  return some(source, source.jsonType ? sql`${jsonTypes(source.jsonType, path, value)} AND ${test}` : test);
}

/** Values of another type than the literal never match: 1 is not true, and "5" is not 5. */
function jsonTypes(column: string, { attribute, sub }: BoundPath, value: Literal): Sql {
  // A datetime's literal is a number by now, its values are text.
  if ((sub ?? attribute).type === 'datetime') return raw(`${column} = 'text'`);
  if (typeof value === 'boolean') return raw(`${column} IN ('true', 'false')`);
  return raw(typeof value === 'string' ? `${column} = 'text'` : `${column} IN ('integer', 'real')`);
}

function present(path: BoundPath): Sql {
  const { extension, attribute, sub } = path;
  if (!sub) {
    const block = extension === undefined ? [] : [extension];
    const names = isWholeExtension(path) ? block : [...block, attribute.name];
    return sql`json_type(r.doc, ${jsonPath(...names)}) IS NOT NULL`;
  }
  const source = sourceOf(path);
  return some(source, sql`${source.jsonType ? raw(source.jsonType) : source.value} IS NOT NULL`);
}

function sourceFor(path: BoundPath): Source {
  const part = path.sub ?? path.attribute;
  switch (referenceOf(path)) {
    case 'members':
      return references.membersSource(part);
    case 'groups':
      return groupsSource(part);
    case 'managerName':
      return references.managerName;
    case undefined:
      return sourceOf(path);
  }
}

function firstValue(path: BoundPath): Sql {
  const { from, value, primary = 'NULL', order = 'NULL' } = sourceFor(path);
  if (!from) return value;
  return sql`(SELECT ${value} FROM ${from} WHERE ${raw(primary)} OR ${value} IS NOT NULL
    ORDER BY ${raw(primary)} DESC, ${raw(order)} LIMIT 1)`;
}

/** SQLite's own words, and those that the connection teaches it. */
export const sqlite: Dialect = {
  comparison,
  version: raw('CAST(r.version AS TEXT)'),
  idIn,
  hasId,
  compareEmail,
  someValue,
  present,
  elementsOf,
  firstValue,
  references,
};
