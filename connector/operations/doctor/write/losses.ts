import { isObject } from '../../../simulator/judgement.ts';
import type { Payload } from '../../../simulator/payload.ts';

/** Nobody stores them, or the server says by itself what they are. */
const NOT_COMPARED = ['schemas', 'id', 'meta', 'password', 'groups'];

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function lostValues(name: string, sent: readonly unknown[], found: unknown): readonly string[] {
  const there = Array.isArray(found) ? (found as unknown[]) : [];
  return sent.filter(isObject).flatMap(({ value, type }) => {
    const kept = there.find((one) => isObject(one) && one['value'] === value);
    if (kept === undefined) return [`${name}.${type}`];
    return isObject(kept) && kept['type'] !== type ? [`${name}.${type}.type`] : [];
  });
}

/** Of a list of texts, as custom attributes have them: it has an order, and a directory keeps none. */
const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.toSorted() : value);

/**
 * Attributes that were sent and are not there as they were sent, under the names of the settings that place them:
 * `emails.secondary`, `name.givenName`, `custom.badgeId`.
 */
export function lossesOf(sent: Payload, found: Payload): readonly string[] {
  return Object.entries(sent).flatMap(([key, value]) => {
    if (NOT_COMPARED.includes(key)) return [];
    if (Array.isArray(value)) return lostValues(key, value, found[key]);
    if (!isObject(value)) return isSame(value, found[key]) ? [] : [key];
    const there = found[key];
    const name = key.startsWith('urn:') ? 'custom' : key;
    return Object.entries(value)
      .filter(([part, one]) => !isObject(there) || !isSame(sorted(one), sorted(there[part])))
      .map(([part]) => `${name}.${part}`);
  });
}
