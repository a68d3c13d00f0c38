import { isComplex } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import type { SchemaNames } from '../schema-names.ts';

/** Stands before a bulkId where an id is meant (SCIM 1.1 API §3.5). */
export const REFERENCE = 'bulkId:';

const bulkIdOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.startsWith(REFERENCE) ? value.slice(REFERENCE.length) : undefined;

/** A password is no place for a reference: it may begin in any way, and an error text would quote it. */
const isSecret = (key: string): boolean => key.toLowerCase() === 'password';

/** Every bulkId that stands for an id somewhere in `value`. Whole strings only, never a part of one. */
export function referencesIn(value: unknown): string[] {
  const bulkId = bulkIdOf(value);
  if (bulkId !== undefined) return [bulkId];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (isSecret(key) ? [] : referencesIn(part)));
}

/** `value` with every reference replaced. */
export function mapReferences(value: unknown, resolve: (bulkId: string) => string): unknown {
  const bulkId = bulkIdOf(value);
  if (bulkId !== undefined) return resolve(bulkId);
  if (Array.isArray(value)) return value.map((item) => mapReferences(item, resolve));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, isSecret(key) ? part : mapReferences(part, resolve)]),
  );
}

const open = (value: unknown, known: (bulkId: string) => boolean): boolean =>
  referencesIn(value).some((id) => !known(id));

/**
 * Splits off what points at resources that do not exist yet: `members` and the manager can be added afterwards.
 * Anything else stays where it is and fails by its unknown id.
 */
export function deferReferences(
  names: SchemaNames,
  body: object,
  known: (bulkId: string) => boolean,
): { now: object; later?: object } {
  if (!open(body, known)) return { now: body };
  const now: Record<string, unknown> = {};
  const later: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(body)) {
    if (key.toLowerCase() === 'members' && Array.isArray(value)) {
      now[key] = value.filter((member) => !open(member, known));
      later[key] = value.filter((member) => open(member, known));
    } else if (names.ours(key) === ENTERPRISE_SCHEMA && isComplex(value) && open(value, known)) {
      const entries = Object.entries(value);
      now[key] = Object.fromEntries(entries.filter(([, part]) => !open(part, known)));
      later[key] = Object.fromEntries(entries.filter(([, part]) => open(part, known)));
    } else {
      now[key] = value;
    }
  }
  return Object.keys(later).length > 0 ? { now, later } : { now };
}
