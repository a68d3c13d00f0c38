import { fold } from '../../../scim/text.ts';
import type { Naming } from '../directory/dn.ts';

/** Of several values of an attribute that shows one: the one that names the entry, else the first. */
export function shownValue<T extends string | Buffer>(values: readonly T[], namings: readonly Naming[]): T | undefined {
  if (values.length < 2) return values[0];
  const named = new Set(namings.map(({ value }) => fold(value)));
  return values.find((value) => typeof value === 'string' && named.has(fold(value))) ?? values[0];
}
