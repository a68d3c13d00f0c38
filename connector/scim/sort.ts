import { parseDateTime } from './date-time.ts';
import { narrowed, valueAt, valuesAt } from './filter/matches.ts';
import { isComplex, type Resource, type Scalar } from './resource.ts';
import type { BoundPath } from './schema/resource-type.ts';
import { comparable, compareText } from './text.ts';

/** What a resource is sorted by: of a plural the primary value, else the first (SCIM 1.1 API §3.2.2.2). */
export function sortKey(resource: Resource, path: BoundPath): Scalar | undefined {
  const value = valueAt(resource, path);
  if (path.sub && Array.isArray(value)) {
    const primary = value.find((element) => isComplex(element) && element['primary'] === true);
    if (primary !== undefined) return valuesAt(narrowed(resource, path, primary), path)[0];
  }
  return valuesAt(resource, path)[0];
}

/**
 * Compares two present keys: text by code points of its comparable form; dates as instants. An open attribute
 * may hold different types in different resources: numbers and booleans then stand before text.
 */
export function compareKeys(path: BoundPath, a: Scalar, b: Scalar): number {
  const target = path.sub ?? path.attribute;
  if (target.type === 'datetime') return (parseDateTime(String(a)) ?? 0) - (parseDateTime(String(b)) ?? 0);
  if (typeof a === 'string' && typeof b === 'string') {
    return compareText(comparable(target, a), comparable(target, b));
  }
  if (typeof a === 'string') return 1;
  return typeof b === 'string' ? -1 : Number(a) - Number(b);
}

/** As `compareKeys`, where keys may be absent: last when ascending, first when descending (SCIM 1.1 API §3.2.2.2). */
export function compareSorted(path: BoundPath, descending: boolean, a?: Scalar, b?: Scalar): number {
  const order =
    a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : compareKeys(path, a, b);
  return descending ? -order : order;
}
