import { type Comparison, type Filter, foldFilter, type Literal } from '../../../scim/filter/ast.ts';
import type { BoundPath, TypeName } from '../../../scim/schema/resource-type.ts';
import { comparand } from '../../../scim/text.ts';
import { compareReference } from './compare-reference.ts';
import { comparison } from './comparison.ts';
import { byIndex, type Condition, perRow } from './condition.ts';
import { jsonPath } from './json-path.ts';
import { sourceOf } from './path-to-sql.ts';
import { hasGroups, hasMembers, managerName, referenceOf } from './references-to-sql.ts';
import { some } from './source.ts';
import { joined, raw, type Sql, sql } from './sql.ts';

/** Translates a bound filter into a condition on the row `r` of `resource`; `matches` is its definition. */
export const filterToSql = (type: TypeName, filter: Filter<BoundPath>): Condition =>
  foldFilter<BoundPath, Condition>(filter, {
    and: (parts) => ({ ...joined(parts, 'AND'), indexed: parts.some(({ indexed }) => indexed), costly: costly(parts) }),
    or: (parts) => ({ ...joined(parts, 'OR'), indexed: parts.every(({ indexed }) => indexed), costly: costly(parts) }),
    present: (path) => perRow(present(type, path)),
    compare: (path, op, value) => compare(type, path, op, wanted(path, op, value)),
  });

const costly = (parts: readonly Condition[]): boolean => parts.some((part) => part.costly);

function wanted({ attribute, sub }: BoundPath, op: Comparison, value: Literal): Literal {
  const target = sub ?? attribute;
  return typeof value !== 'string' || target.type === 'binary' ? value : comparand(target, op, value);
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
    const names = extension === undefined ? [attribute.name] : [extension, attribute.name];
    return sql`json_type(r.doc, ${jsonPath(...names)}) IS NOT NULL`;
  }
  const source = sourceOf(type, path);
  return some(source, sql`${source.jsonType ? raw(source.jsonType) : source.value} IS NOT NULL`);
}

const INDEXED: ReadonlySet<string> = new Set(['r.key', 'r.external_key', 'r.modified']);

function compare(type: TypeName, path: BoundPath, op: Comparison, value: Literal): Condition {
  const reference = referenceOf(path);
  if (reference) return compareReference(reference, path, op, String(value));
  const core = path.extension === undefined;
  if (core && path.attribute.name === 'id' && op === 'eq') return byIndex(sql`r.id = ${String(value)}`);
  if (core && path.attribute.name === 'emails' && path.sub?.name === 'value') {
    const test = comparison(raw('value'), op, value);
    return { ...sql`r.seq IN (SELECT seq FROM email WHERE ${test})`, indexed: op !== 'co', costly: op !== 'eq' };
  }
  const source = sourceOf(type, path);
  const test = comparison(source.value, op, value);
  if (op !== 'co' && INDEXED.has(source.value.text)) {
    // Said again for each term of an `or`: SQLite does not look outside it for what a partial index needs.
    return byIndex(sql`(r.type = ${raw(`'${type}'`)} AND ${test})`);
  }
  return perRow(some(source, source.jsonType ? sql`${jsonTypes(source.jsonType, path, value)} AND ${test}` : test));
}

/** Values of another type than the literal never match: 1 is not true, and "5" is not 5. */
function jsonTypes(column: string, { attribute, sub }: BoundPath, value: Literal): Sql {
  // A datetime's literal is a number by now, its values are text.
  if ((sub ?? attribute).type === 'datetime') return raw(`${column} = 'text'`);
  if (typeof value === 'boolean') return raw(`${column} IN ('true', 'false')`);
  return raw(typeof value === 'string' ? `${column} = 'text'` : `${column} IN ('integer', 'real')`);
}
