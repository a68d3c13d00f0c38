import { type Attribute, string } from './attribute.ts';

/**
 * A kind of thing that people are given, such as licences or roles, as an operator has configured it. Okta finds it under
 * `/ResourceTypes`; a person has some of its entitlements (docs/entitlements.md).
 */
export interface EntitlementType {
  /** As Okta shows it; also the `type` of an entitlement and of what a person has of it. */
  readonly name: string;
  /** Which of Okta's two schemas it has. */
  readonly kind: 'entitlement' | 'role';
  /** Relative to the base URL, with the slash. */
  readonly endpoint: string;
  readonly description: string;
  /** Nobody has more than one of it. */
  readonly single: boolean;
}

/** The attribute of a user that lists what he has of a type. */
export type Holder = 'entitlements' | 'roles';

export const HOLDERS: readonly Holder[] = ['entitlements', 'roles'];

export const holderOf = ({ kind }: EntitlementType): Holder => (kind === 'role' ? 'roles' : 'entitlements');

export const isHolder = (name: string): name is Holder => HOLDERS.some((holder) => holder === name);

/** The attributes of a user whose values are entitlements of `types`. */
export const heldBy = (types: readonly EntitlementType[]): ReadonlySet<string> => new Set(types.map(holderOf));

const labelled = (part: Attribute, names: readonly string[]): Attribute => {
  if (part.name === 'value') return string('value', 'The id of what is assigned.', { caseExact: true });
  return part.name === 'type' && names.length > 0 ? { ...part, canonicalValues: names } : part;
};

/** `attributes` of a user with what is assigned of `types` told from texts that anybody may write. */
export function withAssigned(
  attributes: readonly Attribute[],
  types: readonly EntitlementType[],
): readonly Attribute[] {
  const held = heldBy(types);
  return attributes.map((attribute) => {
    if (!held.has(attribute.name)) return attribute;
    const names = types.filter(({ kind }) => kind === 'entitlement').map(({ name }) => name);
    const parts = attribute.subAttributes.filter(({ name }) => name !== 'primary');
    return {
      ...attribute,
      assigned: true,
      subAttributes: parts.map((part) => labelled(part, attribute.name === 'entitlements' ? names : [])),
    };
  });
}
