import { type Comparison, type Filter, foldFilter, type Literal } from '../../../scim/filter/ast.ts';
import { type BoundPath, isWholeExtension, type TypeName } from '../../../scim/schema/resource-type.ts';
import { comparand } from '../../../scim/text.ts';
import { compareReference } from './compare-reference.ts';
import { comparison } from './comparison.ts';
import { allOf, anyOf, byKey, byRange, type Condition, noneOf, perRow } from './condition.ts';
import { elementToSql } from './element-to-sql.ts';
import { hasId } from './id-in.ts';
import { jsonPath } from './json-path.ts';
import { foldedColumn, sourceOf } from './path-to-sql.ts';
import { hasGroups, hasMembers, managerName, referenceOf } from './references-to-sql.ts';
import { some } from './source.ts';
import { raw, type Sql, sql } from './sql.ts';
import { wanted } from './wanted.ts';

/** Translates a bound filter into a condition on the row `r` of `resource`; `matches` is its definition. */
export const filterToSql = (type: TypeName, filter: Filter<BoundPath>): Condition =>
  foldFilter<BoundPath, Condition>(filter, {
    and: allOf,
    or: anyOf,
    not: noneOf,
    some: (path, inner) => someElement(type, path, inner),
    present: (path) => perRow(present(type, path)),
    compare: (path, op, value) => compare(type, path, op, value),
  });

/** What an index finds of one part of an element alone is looked at first. */
function someElement(type: TypeName, path: BoundPath, inner: Filter<BoundPath>): Condition {
  const terms = inner.kind === 'and' ? inner.filters : [inner];
  const found = terms
    .filter((term) => term.kind === 'compare')
    .map((term) => filterToSql(type, term))
    .filter(({ indexed }) => indexed);
  const whole = perRow(elementToSql(path, inner));
  return found.length === 0 ? whole : { ...allOf([...found, whole]), eachRow: whole };
}

function present(type: TypeName, path: BoundPath): Sql {
  const reference = referenceOf(path);
  if (reference === 'members') return hasMembers;
  if (reference === 'groups') return hasGroups;
  if (reference) return sql`${managerName.value} IS NOT NULL`;
  const { extension, attribute, sub } = path;
  if (extension === undefined && attribute.name === 'id') return raw('1');
  if (!sub && extension === undefined && attribute.name === 'meta') return raw('1');
  if (!sub) {
    const block = extension === undefined ? [] : [extension];
    const names = isWholeExtension(path) ? block : [...block, attribute.name];
    return sql`json_type(r.doc, ${jsonPath(...names)}) IS NOT NULL`;
  }
  const source = sourceOf(type, path);
  return some(source, sql`${source.jsonType ? raw(source.jsonType) : source.value} IS NOT NULL`);
}

const INDEXED: ReadonlySet<string> = new Set(['r.key', 'r.external_key', 'r.modified']);

function compare(type: TypeName, path: BoundPath, op: Comparison, literal: Literal): Condition {
  const value = wanted(path, op, literal);
  const reference = referenceOf(path);
  if (reference) return compareReference(reference, path, op, String(value));
  const core = path.extension === undefined;
  if (core && path.attribute.name === 'id' && op === 'eq')
    return byKey(hasId('r', path.attribute.caseExact, String(value)));
  if (core && path.attribute.name === 'emails' && path.sub?.name === 'value') {
    const test = comparison(raw('value'), op, value);
    return {
      ...sql`r.seq IN (SELECT seq FROM email WHERE ${test})`,
      indexed: op !== 'co' && op !== 'ew',
      costly: op !== 'eq',
      ranges: op === 'eq' ? 0 : 1,
      eachRow: sql`EXISTS (SELECT 1 FROM email WHERE seq = r.seq AND ${test})`,
    };
  }
  const source = sourceOf(type, path);
  const test = comparison(source.value, op, value);
  if (op !== 'co' && op !== 'ew' && INDEXED.has(source.value.text)) return byOperator(op, ofType(type, test));
  const folded = core && path.attribute.caseExact ? foldedColumn(type, path.attribute) : undefined;
  if (folded !== undefined && (op === 'eq' || op === 'sw')) {
    const inAnyCase = comparand({ ...path.attribute, caseExact: false }, op, String(value));
    return byOperator(op, ofType(type, sql`${comparison(raw(folded), op, inAnyCase)} AND ${test}`));
  }
  return perRow(some(source, source.jsonType ? sql`${jsonTypes(source.jsonType, path, value)} AND ${test}` : test));
}

const byOperator = (op: Comparison, test: Sql): Condition => (op === 'eq' ? byKey(test) : byRange(test));

/** Said again for each term of an `or`: SQLite does not look outside it for what a partial index needs. */
const ofType = (type: TypeName, test: Sql): Sql => sql`(r.type = ${raw(`'${type}'`)} AND ${test})`;

/** Values of another type than the literal never match: 1 is not true, and "5" is not 5. */
function jsonTypes(column: string, { attribute, sub }: BoundPath, value: Literal): Sql {
  // A datetime's literal is a number by now, its values are text.
  if ((sub ?? attribute).type === 'datetime') return raw(`${column} = 'text'`);
  if (typeof value === 'boolean') return raw(`${column} IN ('true', 'false')`);
  return raw(typeof value === 'string' ? `${column} = 'text'` : `${column} IN ('integer', 'real')`);
}
