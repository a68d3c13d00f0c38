import type { Complex } from '../../../scim/resource.ts';
import type { Entry } from '../directory/session.ts';
import { type Membership, realMembers } from '../layout/membership.ts';
import type { Work } from '../layout/work.ts';
import { memberKey, type Reference } from '../references/reference.ts';
import type { References } from '../references/references.ts';

/** What the members of groups are called, under their `memberKey`s. */
export function readMembers(
  references: References,
  membership: Membership,
  { session, signal }: Pick<Work, 'session' | 'signal'>,
  groups: readonly Entry[],
): Promise<ReadonlyMap<string, Reference>> {
  const values = groups.flatMap(({ attributes }) => (attributes.get(membership.key) ?? []).map(String));
  if (membership.by === 'name') return references.byName(session, values);
  return references.byDn(session, realMembers(membership, values), signal);
}

/** The members of a group that are resources, without its placeholder. */
export const membersOf = (
  membership: Membership,
  { attributes }: Entry,
  known: ReadonlyMap<string, Reference>,
): Reference[] =>
  (attributes.get(membership.key) ?? []).flatMap((value) => known.get(memberKey(membership, String(value))) ?? []);

/** A member as its group shows it. */
export const memberElement = ({ id, display, type }: Reference): Complex => ({ value: id, display, type });
