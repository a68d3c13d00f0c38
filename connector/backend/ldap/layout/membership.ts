import { normalDn } from '../directory/dn.ts';
import { keyOf } from '../mapping/attribute-mapping.ts';
import type { GroupsOptions } from '../settings/options.ts';
import type { Profile } from './profile.ts';

/** How groups list their members. */
export interface Membership {
  /** The attribute of a group that lists its members. */
  readonly attribute: string;
  readonly key: string;
  /** `name`: user names instead of DNs (RFC 2307 memberUid). */
  readonly by: 'dn' | 'name';
  /** Stands in a group without members, where the object class demands one. */
  readonly placeholder?: string;
}

export function membershipOf({ groups }: Profile, options: GroupsOptions | undefined): Membership {
  const attribute = options?.member ?? groups.member;
  const byName = attribute.toLowerCase() === 'memberuid';
  const placeholder = options?.placeholder_member ?? (byName ? '' : groups.placeholderMember);
  return {
    attribute,
    key: keyOf(attribute),
    by: byName ? 'name' : 'dn',
    ...(placeholder === undefined || placeholder === '' ? {} : { placeholder }),
  };
}

/** The values of a group's member attribute, without its placeholder. */
export function realMembers({ by, placeholder }: Membership, values: readonly string[]): string[] {
  if (placeholder === undefined || by === 'name') return [...values];
  const hidden = normalDn(placeholder);
  // An attribute's name has one spelling, so most members are told apart by their first letters.
  const start = hidden.slice(0, hidden.indexOf('=') + 1);
  return values.filter((value) => !value.toLowerCase().startsWith(start) || normalDn(value) !== hidden);
}
