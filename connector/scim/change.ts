import { type Attributes, type Bag, type Complex, isComplex, isUrn, type Scalar, type Value } from './resource.ts';
import type { BoundPath } from './schema/resource-type.ts';

/** Where a change applies: canonical names, as in `Attributes`. */
export interface ChangePath {
  readonly extension?: string;
  readonly attribute: string;
  readonly sub?: string;
}

/** Where a bound path leads, for a change. */
export const changePath = ({ extension, attribute, sub }: BoundPath): ChangePath => ({
  ...(extension === undefined ? {} : { extension }),
  attribute: attribute.name,
  ...(sub ? { sub: sub.name } : {}),
});

export type Element = Scalar | Complex;

/**
 * One change to a resource. PUT, PATCH and their 2.0 relatives all become a list of these, so that a backend
 * learns one way to be changed. `remove` matches by `value` where the elements have one, else as a whole.
 */
export type Change =
  | { readonly op: 'set'; readonly path: ChangePath; readonly value: Value }
  | { readonly op: 'unset'; readonly path: ChangePath }
  | { readonly op: 'add' | 'remove'; readonly path: ChangePath; readonly values: readonly Element[] };

/** For changes of the core attribute `name`, or of a part of it. */
export const isChangeOf =
  (name: string) =>
  ({ path }: Change): boolean =>
    path.extension === undefined && path.attribute === name;

/** Plain assignment to "__proto__", which an open extension may hold, would lose the value. */
const put = <T>(bag: Record<string, T>, name: string, value: T): void => {
  Object.defineProperty(bag, name, { value, writable: true, enumerable: true, configurable: true });
};

/** A value of the bag's own: "constructor" is nobody's attribute unless a client sent it. */
const own = <T>(bag: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(bag, name) ? bag[name] : undefined;

const elementKey = (element: Element): string => {
  const value = isComplex(element) ? element['value'] : element;
  // No text of a client's holds a NUL, so what is text already needs no work, of which a large group would make much.
  if (typeof value === 'string') return value;
  return `\0${value === undefined ? stable(element) : JSON.stringify(value)}`;
};

/** The same text for the same element, whatever the order of its parts. */
export const stable = (element: Element): string =>
  isComplex(element)
    ? JSON.stringify(Object.entries(element).sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(element);

/** Same value, whatever the order of keys and of plural values (SCIM 1.1 Core §3.2: an unordered list). */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (!Array.isArray(a)) return stable(a as Element) === stable(b as Element);
  const left = a.map(stable).sort();
  const right = (b as readonly Element[]).map(stable).sort();
  return left.length === right.length && left.every((item, i) => item === right[i]);
}

function applyTo(bag: Bag, { attribute, sub }: ChangePath, change: Change): void {
  if (sub !== undefined) {
    const current = own(bag, attribute);
    // Plain text, as an open attribute may be, has no part that could be taken away.
    if (change.op !== 'set' && !isComplex(current)) return;
    const next: Record<string, Scalar | readonly Scalar[]> = { ...(isComplex(current) ? current : {}) };
    if (change.op === 'set') put(next, sub, change.value as Scalar);
    else delete next[sub];
    if (Object.keys(next).length === 0) delete bag[attribute];
    else put<Value | Attributes>(bag, attribute, next);
    return;
  }
  if (change.op === 'set') {
    put<Value | Attributes>(bag, attribute, change.value);
  } else if (change.op === 'unset') {
    delete bag[attribute];
  } else {
    const current = (own(bag, attribute) ?? []) as readonly Element[];
    const keys = new Set(change.values.map(elementKey));
    const kept = current.filter((element) => !keys.has(elementKey(element)));
    const next = change.op === 'add' ? [...kept, ...change.values] : kept;
    if (next.length === 0) delete bag[attribute];
    else put<Value | Attributes>(bag, attribute, next);
  }
}

/** Applies `changes` in order; `attributes` is untouched. */
export function applyChanges(attributes: Attributes, changes: readonly Change[]): Attributes {
  const result: Bag = { ...attributes };
  // Copied once and not for every change: an open extension may hold thousands of attributes.
  const blocks = new Map<string, Bag>();
  for (const change of changes) {
    const { extension } = change.path;
    if (extension === undefined) {
      applyTo(result, change.path, change);
      // An extension may also be taken as a whole.
      blocks.delete(change.path.attribute);
      continue;
    }
    const block = blocks.get(extension) ?? { ...((own(result, extension) ?? {}) as Bag) };
    blocks.set(extension, block);
    applyTo(block, change.path, change);
  }
  for (const [extension, block] of blocks) {
    if (Object.keys(block).length === 0) delete result[extension];
    else put<Value | Attributes>(result, extension, block as Attributes);
  }
  return result;
}

/** Names of the plural attributes that change element by element: references can number tens of thousands. */
const INCREMENTAL: ReadonlySet<string> = new Set(['members']);

function diffBags(before: Bag, after: Bag, extension?: string): Change[] {
  const changes: Change[] = [];
  const at = (attribute: string): ChangePath => ({ ...(extension === undefined ? {} : { extension }), attribute });
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = own(before, name);
    const is = own(after, name);
    if (extension === undefined && isUrn(name)) {
      changes.push(...diffBags((was ?? {}) as Bag, (is ?? {}) as Bag, name));
    } else if (extension === undefined && INCREMENTAL.has(name)) {
      changes.push(...diffElements(at(name), (was ?? []) as readonly Element[], (is ?? []) as readonly Element[]));
    } else if (is === undefined) {
      changes.push({ op: 'unset', path: at(name) });
    } else if (!sameValue(was as Value | undefined, is as Value)) {
      changes.push({ op: 'set', path: at(name), value: is as Value });
    }
  }
  return changes;
}

/** Up to this many, comparing each with all others is cheaper than an index of all. */
const COMPARED_PAIRWISE = 8;

function diffElements(path: ChangePath, before: readonly Element[], after: readonly Element[]): Change[] {
  // Who repeats a large list with one more repeats it in its order, mostly.
  const isSame = (a: Element | undefined, b: Element | undefined): boolean =>
    a === b || (a !== undefined && b !== undefined && elementKey(a) === elementKey(b));
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && isSame(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shortest - start && isSame(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const gone = before.slice(start, before.length - end);
  const come = after.slice(start, after.length - end);
  const few = gone.length + come.length <= COMPARED_PAIRWISE;
  const missing = (some: readonly Element[], all: readonly Element[]): Element[] => {
    const keys = few ? undefined : new Set(all.map(elementKey));
    const keyed = some.map((element) => [elementKey(element), element] as const);
    const isThere = (key: string): boolean => keys?.has(key) ?? all.some((element) => elementKey(element) === key);
    return [...new Map(keyed.filter(([key]) => !isThere(key))).values()];
  };
  const removed = missing(gone, after);
  const added = missing(come, before);
  return [
    ...(removed.length ? [{ op: 'remove' as const, path, values: removed }] : []),
    ...(added.length ? [{ op: 'add' as const, path, values: added }] : []),
  ];
}

/** The changes that turn `before` into `after`; empty when they say the same. */
export const diff = (before: Attributes, after: Attributes): Change[] => diffBags(before as Bag, after as Bag);

/** Whether `changes` would leave other attributes than these. */
export const wouldDiffer = (attributes: Attributes, changes: readonly Change[]): boolean =>
  diff(attributes, applyChanges(attributes, changes)).length > 0;
