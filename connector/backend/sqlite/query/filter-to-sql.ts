import { type Comparison, type Filter, foldFilter, type Literal } from '../../../scim/filter/ast.ts';
import type { BoundPath, TypeName } from '../../../scim/schema/resource-type.ts';
import { fold } from '../../../scim/text.ts';
import { jsonPath, type Source, sourceOf } from './path-to-sql.ts';
import {
  groupsWith,
  hasGroups,
  hasIndirectGroups,
  hasMembers,
  managerName,
  membersSource,
  type Reference,
  referenceOf,
  within,
} from './references-to-sql.ts';
import { joined, raw, type Sql, sql } from './sql.ts';

export interface Condition extends Sql {
  /** An index finds the few rows it is true for, so their order is worth a sort. */
  readonly indexed: boolean;
  /** It searches a table of its own first: to be evaluated once, not for one chunk of resources after another. */
  readonly costly: boolean;
}

const costly = (parts: readonly Condition[]): boolean => parts.some((part) => part.costly);

const OPERATORS: Readonly<Partial<Record<Comparison, string>>> = { eq: '=', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** Translates a bound filter into a condition on the row `r` of `resource`; `matches` is its definition. */
export const filterToSql = (type: TypeName, filter: Filter<BoundPath>): Condition =>
  foldFilter<BoundPath, Condition>(filter, {
    and: (parts) => ({ ...joined(parts, 'AND'), indexed: parts.some(({ indexed }) => indexed), costly: costly(parts) }),
    or: (parts) => ({ ...joined(parts, 'OR'), indexed: parts.every(({ indexed }) => indexed), costly: costly(parts) }),
    present: (path) => ({ ...present(type, path), indexed: false, costly: false }),
    compare: (path, op, value) => compare(type, path, op, comparable(path, value)),
  });

function comparable({ attribute, sub }: BoundPath, value: Literal): Literal {
  const target = sub ?? attribute;
  return typeof value !== 'string' || target.caseExact || target.type === 'binary' ? value : fold(value);
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

/** A condition that some value of `source` passes `test`. */
const some = ({ from }: Source, test: Sql): Sql => (from ? sql`EXISTS (SELECT 1 FROM ${from} WHERE ${test})` : test);

function compare(type: TypeName, path: BoundPath, op: Comparison, value: Literal): Condition {
  const reference = referenceOf(path);
  if (reference) return compareReference(reference, path, op, String(value));
  const core = path.extension === undefined;
  if (core && path.attribute.name === 'id' && op === 'eq')
    return { ...sql`r.id = ${String(value)}`, indexed: true, costly: false };
  if (core && path.attribute.name === 'emails' && path.sub?.name === 'value') {
    const test = comparison(raw('value'), op, value);
    return { ...sql`r.seq IN (SELECT seq FROM email WHERE ${test})`, indexed: op !== 'co', costly: op !== 'eq' };
  }
  const source = sourceOf(type, path);
  const test = comparison(source.value, op, value);
  if (op !== 'co' && INDEXED.has(source.value.text)) {
    // Said again for each term of an `or`: SQLite does not look outside it for what a partial index needs.
    return { ...sql`(r.type = ${raw(`'${type}'`)} AND ${test})`, indexed: true, costly: false };
  }
  const guarded = source.jsonType ? sql`${jsonTypes(source.jsonType, path, value)} AND ${test}` : test;
  return { ...some(source, guarded), indexed: false, costly: false };
}

const INDEXED: ReadonlySet<string> = new Set(['r.key', 'r.external_key', 'r.modified']);

/** Values of another type than the literal never match: 1 is not true, and "5" is not 5. */
function jsonTypes(column: string, { attribute, sub }: BoundPath, value: Literal): Sql {
  // A datetime's literal is a number by now, its values are text.
  if ((sub ?? attribute).type === 'datetime') return raw(`${column} = 'text'`);
  if (typeof value === 'boolean') return raw(`${column} IN ('true', 'false')`);
  return raw(typeof value === 'string' ? `${column} = 'text'` : `${column} IN ('integer', 'real')`);
}

function comparison(left: Sql, op: Comparison, value: Literal): Sql {
  const right = typeof value === 'boolean' ? Number(value) : value;
  const operator = OPERATORS[op];
  if (operator) return sql`${left} ${raw(operator)} ${right}`;
  const text = String(right);
  if (op === 'co') return sql`instr(${left}, ${text}) > 0`;
  // Counted here: SQLite's length() ends at a NUL.
  const length = [...text].length;
  const after = left.params.length === 0 ? successor(text) : undefined;
  return after === undefined
    ? sql`substr(${left}, 1, ${length}) = ${text}`
    : sql`(${left} >= ${text} AND ${left} < ${after})`;
}

/** The first text, in order of code points, behind all that start with `prefix`; `undefined` when there is none. */
function successor(prefix: string): string | undefined {
  const points = [...prefix].map((point) => point.codePointAt(0) ?? 0);
  const last = points.pop();
  if (last === undefined || last === 0x10ffff) return undefined;
  // Surrogates are no characters.
  const next = last === 0xd7ff ? 0xe000 : last + 1;
  return String.fromCodePoint(...points, next);
}

function compareReference(reference: Reference, { sub }: BoundPath, op: Comparison, value: string): Condition {
  const each = { indexed: false, costly: false };
  if (reference === 'managerName') return { ...comparison(managerName.value, op, value), ...each };
  const part = sub?.name ?? 'value';
  if (reference === 'members') {
    if (part === 'value' && op === 'eq') return { ...groupsWith(value), indexed: true, costly: false };
    const source = membersSource(part);
    return { ...some(source, comparison(source.value, op, value)), ...each };
  }
  if (part === 'type') {
    const direct = sql`(${comparison(raw("'direct'"), op, value)} AND ${hasGroups})`;
    const indirect = sql`(${comparison(raw("'indirect'"), op, value)} AND ${hasIndirectGroups})`;
    return { ...joined([direct, indirect], 'OR'), ...each };
  }
  const once = { indexed: op === 'eq', costly: true };
  if (part === 'value' && op === 'eq') return { ...within(sql`m.id = ${value}`), ...once };
  // A group is shown by its displayName, which is also its key.
  return { ...within(comparison(raw(part === 'value' ? 'lower(m.id)' : 'm.key'), op, value)), ...once };
}
