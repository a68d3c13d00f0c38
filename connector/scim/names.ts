import { type Attributes, isComplex } from './resource.ts';
import type { Traits } from './schema/resource-type.ts';

/** The name that no two resources of a type share: the value of its natural key. Empty where there is none. */
export const naturalName = ({ naturalKey }: Traits, attributes: Attributes): string =>
  String(attributes[naturalKey] ?? '');

/** How others call a resource: the `display` of a member, and of a group among somebody's groups. */
export function displayName(type: Traits, attributes: Attributes): string {
  const { displayName: own, name } = attributes;
  const formatted = isComplex(name) ? name['formatted'] : undefined;
  return String(own || formatted || naturalName(type, attributes));
}
