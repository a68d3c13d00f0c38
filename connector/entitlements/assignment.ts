import type { Element } from '../scim/change.ts';
import { type Complex, isComplex } from '../scim/resource.ts';
import type { Holder } from '../scim/schema/entitlement.ts';
import { type Entitlements, kindNamed } from './entitlements.ts';

/** Something that a person has, as it is stored: `type` where several kinds share the attribute. */
export interface Assignment extends Complex {
  readonly value: string;
}

const idIn = (element: Element): string => String(isComplex(element) ? (element['value'] ?? '') : element);

/** The name of the kind that a client means, as it is configured; what no kind has stays as it came. */
function typeIn(kinds: Entitlements, element: Element): string | undefined {
  const sent = isComplex(element) ? element['type'] : undefined;
  if (typeof sent !== 'string' || sent === '') return kinds.length === 1 ? kinds[0]?.type.name : undefined;
  return kindNamed(kinds, sent)?.type.name ?? sent;
}

/**
 * What a client sent for one attribute, each once and in the form in which it is stored: names are looked up when they are
 * shown, and a role has no type (docs/entitlements.md).
 */
export function assignmentsIn(
  kinds: Entitlements,
  holder: Holder,
  elements: readonly Element[],
): readonly Assignment[] {
  const each = elements.map((element): Assignment => {
    const value = idIn(element);
    const type = holder === 'roles' ? undefined : typeIn(kinds, element);
    return type === undefined ? { value } : { value, type };
  });
  return [...new Map(each.map((one) => [keyOf(one), one])).values()];
}

/** Two with the same key are one. */
export const keyOf = (element: Element): string =>
  JSON.stringify([idIn(element), isComplex(element) ? (element['type'] ?? '') : '']);
