import { parseDateTime } from '../date-time.ts';
import { type Attributes, type Complex, isComplex, type Resource, type Scalar, type Value } from '../resource.ts';
import { type BoundPath, isWholeExtension } from '../schema/resource-type.ts';
import { comparable, comparand, compareText } from '../text.ts';
import { type Comparison, type Filter, foldFilter, type Literal } from './ast.ts';

type Predicate = (resource: Resource) => boolean;

// An open extension may name an attribute "constructor": what an object inherits is no attribute of its own.
const own = <T>(holder: { readonly [name: string]: T }, name: string): T | undefined =>
  Object.hasOwn(holder, name) ? holder[name] : undefined;

/** What stands at `path` without its sub-attribute. */
export function valueAt(resource: Resource, path: BoundPath): Value | Attributes | undefined {
  const { extension, attribute } = path;
  if (extension !== undefined) {
    const block = own(resource.attributes, extension) as Attributes | undefined;
    return block && (isWholeExtension(path) ? block : own(block, attribute.name));
  }
  if (attribute.name === 'id') return resource.id;
  if (attribute.name === 'meta') return resource.meta as unknown as Value;
  return own(resource.attributes, attribute.name);
}

/** `resource` with one element alone at `path`. */
export function narrowed(resource: Resource, { extension, attribute }: BoundPath, element: Scalar | Complex): Resource {
  const own: Attributes = { [attribute.name]: [element] };
  return { ...resource, attributes: extension === undefined ? own : { [extension]: own } };
}

/** The elements of the list at `path`. */
const elementsAt = (resource: Resource, path: BoundPath): readonly (Scalar | Complex)[] => {
  const value = valueAt(resource, path);
  return Array.isArray(value) ? (value as readonly (Scalar | Complex)[]) : [];
};

/** Every simple value that `path` leads to: none, one, or one for each element of a plural. */
export function valuesAt(resource: Resource, path: BoundPath): Scalar[] {
  const value = valueAt(resource, path);
  const elements =
    value === undefined ? [] : Array.isArray(value) ? (value as readonly (Scalar | Attributes)[]) : [value];
  return elements.flatMap((element) => {
    if (!isComplex(element)) return path.sub ? [] : [element as Scalar];
    const part = path.sub ? own(element, path.sub.name) : undefined;
    return part === undefined ? [] : Array.isArray(part) ? (part as readonly Scalar[]) : [part as Scalar];
  });
}

/** A value and a literal made comparable, or `undefined` when their types differ (open attributes only). */
function actual(path: BoundPath, value: Scalar): Literal | undefined {
  const target = path.sub ?? path.attribute;
  if (target.type === 'datetime') return parseDateTime(String(value));
  return target.type === 'binary' || typeof value !== 'string' ? value : comparable(target, value);
}

function holds(op: Comparison, value: Literal, wanted: Literal): boolean {
  if (typeof value !== typeof wanted) return false;
  if (op === 'eq') return value === wanted;
  if (typeof value === 'string' && typeof wanted === 'string') {
    if (op === 'co') return value.includes(wanted);
    if (op === 'sw') return value.startsWith(wanted);
    if (op === 'ew') return value.endsWith(wanted);
    return ordered(op, compareText(value, wanted));
  }
  return ordered(op, Number(value) - Number(wanted));
}

function ordered(op: Comparison, order: number): boolean {
  if (op === 'gt') return order > 0;
  if (op === 'ge') return order >= 0;
  return op === 'lt' ? order < 0 : order <= 0;
}

/** The meaning of a filter. Every backend must agree with it; the conformance suite asks. */
export function matches(filter: Filter<BoundPath>): Predicate {
  return foldFilter<BoundPath, Predicate>(filter, {
    and: (parts) => (resource) => parts.every((part) => part(resource)),
    or: (parts) => (resource) => parts.some((part) => part(resource)),
    not: (part) => (resource) => !part(resource),
    some: (path, inner) => {
      const passes = matches(inner);
      return (resource) => elementsAt(resource, path).some((element) => passes(narrowed(resource, path, element)));
    },
    present: (path) => (resource) =>
      path.sub ? valuesAt(resource, path).length > 0 : valueAt(resource, path) !== undefined,
    compare: (path, op, value) => {
      const target = path.sub ?? path.attribute;
      const exact = target.type === 'binary' || typeof value !== 'string';
      const wanted = exact ? value : comparand(target, op, value);
      return (resource) =>
        valuesAt(resource, path).some((candidate) => {
          const found = actual(path, candidate);
          return found !== undefined && holds(op, found, wanted);
        });
    },
  });
}
