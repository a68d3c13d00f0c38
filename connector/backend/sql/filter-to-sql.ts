import { type Comparison, type Filter, foldFilter } from '../../scim/filter/ast.ts';
import type { BoundPath, TypeName } from '../../scim/schema/resource-type.ts';
import { comparand } from '../../scim/text.ts';
import { Alike } from './alike.ts';
import { columnOf, foldedColumn } from './column.ts';
import { compareReference } from './compare-reference.ts';
import { allOf, anyOf, byKey, byRange, type Condition, noneOf, perRow } from './condition.ts';
import type { Comparand, Dialect } from './dialect.ts';
import { elementToSql } from './element-to-sql.ts';
import { referenceOf } from './references.ts';
import { raw, type Sql, sql } from './sql.ts';
import { wanted } from './wanted.ts';

/** Translates a bound filter into a condition on the row `r` of `resource`; `matches` is its definition. */
export function filterToSql(dialect: Dialect, type: TypeName, filter: Filter<BoundPath>): Condition {
  const alike = new Alike((path, values) => compare(dialect, type, path, 'eq', values));
  return foldFilter<BoundPath, Condition>(filter, {
    and: allOf,
    or: (parts) => anyOf(dialect.amongKeys ? alike.together(parts) : parts),
    not: noneOf,
    some: (path, inner) => someElement(dialect, type, path, inner),
    present: (path) => perRow(present(dialect, path)),
    compare: (path, op, literal) => {
      const value = wanted(path, op, literal);
      return alike.noting(path, op, value, compare(dialect, type, path, op, value));
    },
  });
}

/** What an index finds of one part of an element alone is looked at first. */
function someElement(dialect: Dialect, type: TypeName, path: BoundPath, inner: Filter<BoundPath>): Condition {
  const terms = inner.kind === 'and' ? inner.filters : [inner];
  const found = terms
    .filter((term) => term.kind === 'compare')
    .map((term) => filterToSql(dialect, type, term))
    .filter(({ indexed }) => indexed);
  const whole = perRow(elementToSql(dialect, path, inner));
  return found.length === 0 ? whole : { ...allOf([...found, whole]), eachRow: whole };
}

function present({ references, present }: Dialect, path: BoundPath): Sql {
  const reference = referenceOf(path);
  if (reference === 'members') return references.hasMembers;
  if (reference === 'groups') return references.hasGroups;
  if (reference) return sql`${references.managerName.value} IS NOT NULL`;
  const { extension, attribute, sub } = path;
  if (extension !== undefined) return present(path);
  if (attribute.name === 'id') return raw('TRUE');
  if (attribute.name !== 'meta') return present(path);
  return raw(sub === undefined || KEPT_OF_META.has(sub.name) ? 'TRUE' : 'FALSE');
}

const KEPT_OF_META: ReadonlySet<string> = new Set(['created', 'lastModified', 'version']);
const INDEXED: ReadonlySet<string> = new Set(['r.key', 'r.external_key', 'r.modified']);

function compare(dialect: Dialect, type: TypeName, path: BoundPath, op: Comparison, value: Comparand): Condition {
  const reference = referenceOf(path);
  if (reference) return compareReference(dialect, reference, path, op, String(value));
  const core = path.extension === undefined;
  if (core && path.attribute.name === 'id' && op === 'eq')
    return byKey(dialect.hasId('r', path.attribute.caseExact, String(value)));
  if (core && path.attribute.name === 'emails' && path.sub?.name === 'value') return dialect.compareEmail(op, value);
  const column = columnOf(dialect, type, path);
  const test = column ? dialect.comparison(column, op, value) : dialect.someValue(path, op, value);
  if (column && typeof value === 'object' && dialect.amongKeys && INDEXED.has(column.text))
    return { ...byKey(dialect.amongKeys(type, column, value)), eachRow: ofType(type, test) };
  if (column && op !== 'co' && op !== 'ew' && INDEXED.has(column.text)) return byOperator(op, ofType(type, test));
  const folded = core && path.attribute.caseExact ? foldedColumn(type, path.attribute) : undefined;
  if (folded !== undefined && (op === 'eq' || op === 'sw')) {
    const inAnyCase = comparand({ ...path.attribute, caseExact: false }, op, String(value));
    return byOperator(op, ofType(type, sql`${dialect.comparison(raw(folded), op, inAnyCase)} AND ${test}`));
  }
  return perRow(test);
}

const byOperator = (op: Comparison, test: Sql): Condition => (op === 'eq' ? byKey(test) : byRange(test));

/** Said again for each term of an `or`: the index of each begins with it, or has the rows of that type alone. */
const ofType = (type: TypeName, test: Sql): Sql => sql`(r.type = ${raw(`'${type}'`)} AND ${test})`;
