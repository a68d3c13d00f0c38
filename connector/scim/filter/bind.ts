import { parseDateTime } from '../date-time.ts';
import { ScimError, shown } from '../error.ts';
import { formatPath, type Path } from '../path.ts';
import type { Attribute } from '../schema/attribute.ts';
import { type BoundPath, bindPath, findAttribute, formatBoundPath, type Schema } from '../schema/resource-type.ts';
import { type Comparison, type Filter, foldFilter, type Literal, NEVER } from './ast.ts';

const ORDERED: ReadonlySet<Comparison> = new Set(['gt', 'ge', 'lt', 'le']);
const TEXTUAL: ReadonlySet<Comparison> = new Set(['co', 'sw', 'ew']);

const refuse = (message: string): ScimError =>
  new ScimError('invalidFilter', `filter: ${message}`, { fault: 'filter-invalid' });

/**
 * Binds a path that will be compared or sorted by: it must exist, be readable and lead to a simple value.
 * A bare plural means its `value` (SCIM 1.1 API §3.2.2.1 filters `emails co …`).
 * @param use  what the path is for, the first word of the error text: `filter`, `sortBy`
 * @throws invalidFilter naming the path
 */
export function bindSimple(type: Schema, path: Path, use: string): BoundPath {
  const bound = bindKnown(type, path, use);
  if (bound.sub || bound.attribute.type !== 'complex') return bound;
  const value = bound.attribute.multiValued ? findAttribute(bound.attribute.subAttributes, 'value') : undefined;
  if (value) return { ...bound, sub: value };
  const choices = bound.attribute.subAttributes.map((s) => `${bound.attribute.name}.${s.name}`);
  throw new ScimError(
    'invalidFilter',
    `${use}: ${formatPath(path)} is complex; name a part of it: ${choices.join(', ')}`,
    { fault: 'filter-invalid' },
  );
}

function bindKnown(type: Schema, path: Path, use: string): BoundPath {
  const bound = bindPath(type, path);
  if (!bound)
    throw new ScimError('invalidFilter', `${use}: ${type.name} has no attribute ${shown(formatPath(path))}`, {
      fault: 'filter-invalid',
    });
  // An answer that depends on a password would tell it letter by letter.
  if (bound.attribute.returned === 'never') {
    throw new ScimError('invalidFilter', `${use}: ${bound.attribute.name} cannot be searched or sorted by`, {
      fault: 'filter-invalid',
    });
  }
  return bound;
}

function operand(path: BoundPath, op: Comparison, value: Literal): Literal {
  const target: Attribute = path.sub ?? path.attribute;
  const name = formatBoundPath(path);
  const wrong = (expected: string): ScimError =>
    refuse(`${name} ${op} needs ${expected}, found ${shown(String(value))}`);
  const noOp = (): ScimError => refuse(`the operator "${op}" is not supported for ${name}, a ${target.type}`);
  if (target.open) {
    if (typeof value === 'boolean' && op !== 'eq') throw noOp();
    if (typeof value === 'number' && TEXTUAL.has(op)) throw noOp();
    return value;
  }
  switch (target.type) {
    case 'boolean': {
      if (op !== 'eq') throw noOp();
      const text = String(value).toLowerCase();
      if (typeof value === 'number' || (text !== 'true' && text !== 'false')) throw wrong('true or false');
      return text === 'true';
    }
    case 'integer':
    case 'decimal':
      if (TEXTUAL.has(op)) throw noOp();
      if (typeof value !== 'number') throw wrong('a number');
      return value;
    case 'datetime': {
      if (TEXTUAL.has(op)) throw noOp();
      const time = typeof value === 'string' ? parseDateTime(value) : undefined;
      if (time === undefined) throw wrong('a date-time such as "2026-01-31T09:00:00Z"');
      return time;
    }
    case 'binary':
      if (op !== 'eq') throw noOp();
      if (typeof value !== 'string') throw wrong('base64 text');
      return value.replace(/\s/g, '');
    default:
      if (typeof value !== 'string') throw wrong('text in double quotes');
      return value;
  }
}

/** `meta.location` is the base URL plus the id, so a comparison with it is one with the id. */
function bindLocation(id: BoundPath, op: Comparison, value: string, prefix: string): Filter<BoundPath> {
  if (ORDERED.has(op)) throw refuse('meta.location cannot be compared by order');
  if (value.startsWith(prefix)) return { kind: 'compare', path: id, op, value: value.slice(prefix.length) };
  if (op === 'eq') return NEVER;
  const everyone = op === 'sw' ? prefix.startsWith(value) : op === 'co' && prefix.includes(value);
  if (everyone) return { kind: 'present', path: id };
  return op === 'co' || op === 'ew' ? { kind: 'compare', path: id, op, value } : NEVER;
}

/** What may have brackets: a list of elements with parts, or a complex value. @throws invalidFilter */
function bindList(type: Schema, path: Path): BoundPath {
  const bound = bindKnown(type, path, 'filter');
  const { type: kind, multiValued } = bound.attribute;
  if (kind === 'complex') return bound;
  const name = formatPath(path);
  throw refuse(
    multiValued ? `${name} is a list of plain values; write ${name} eq without [ ]` : `${name} has no parts, so no [ ]`,
  );
}

/**
 * What brackets say, in its simplest form: what is about one part alone needs no element, and a single value is the
 * only one of its list.
 */
function inBrackets(path: BoundPath, inner: Filter<BoundPath>): Filter<BoundPath> {
  if (!path.attribute.multiValued) return { kind: 'and', filters: [{ kind: 'present', path }, inner] };
  if (inner.kind === 'compare' || inner.kind === 'present') return inner;
  if (inner.kind === 'or') return { kind: 'or', filters: inner.filters.map((part) => inBrackets(path, part)) };
  return { kind: 'some', path, filter: inner };
}

/**
 * Asks the schema about every path and literal of `filter`: what remains is typed and exists.
 * @param prefix  what precedes the id in `meta.location`
 * @throws invalidFilter naming the attribute and what it needs
 */
export function bindFilter(type: Schema, filter: Filter<Path>, prefix: string): Filter<BoundPath> {
  return foldFilter<Path, Filter<BoundPath>>(filter, {
    and: (filters) => ({ kind: 'and', filters }),
    or: (filters) => ({ kind: 'or', filters }),
    // Twice not is not at all: an index may know what is meant.
    not: (filter) => (filter.kind === 'not' ? filter.filter : { kind: 'not', filter }),
    some: (path, inner) => inBrackets(bindList(type, path), bindFilter(type, inner, prefix)),
    present: (path) => {
      const bound = bindKnown(type, path, 'filter');
      // Every resource has a location; only the protocol knows it.
      const located =
        bound.extension === undefined && bound.attribute.name === 'meta' && bound.sub?.name === 'location';
      return { kind: 'present', path: located ? bindKnown(type, { name: 'id' }, 'filter') : bound };
    },
    compare: (path, op, value) => {
      const bound = bindSimple(type, path, 'filter');
      const literal = operand(bound, op, value);
      if (bound.extension === undefined && bound.attribute.name === 'meta') {
        if (bound.sub?.name === 'location') {
          return bindLocation(bindKnown(type, { name: 'id' }, 'filter'), op, String(literal), prefix);
        }
        // The wire's W/"7" and a client's bare 7 name the same version.
        if (bound.sub?.name === 'version') {
          return { kind: 'compare', path: bound, op, value: String(literal).replace(/^(?:W\/)?"?|"$/g, '') };
        }
      }
      return { kind: 'compare', path: bound, op, value: literal };
    },
  });
}
