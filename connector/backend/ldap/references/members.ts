import type { Change, Element } from '../../../scim/change.ts';
import { noSuchMembers, ScimError, shown } from '../../../scim/error.ts';
import { isComplex } from '../../../scim/resource.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { Session } from '../directory/session.ts';
import type { Membership } from '../layout/membership.ts';
import type { Reference } from './reference.ts';
import type { References } from './references.ts';

/** The ids in elements of `members`, each once. */
export const idsOf = (elements: readonly Element[]): string[] => [
  ...new Set(elements.map((element) => String(isComplex(element) ? element['value'] : element))),
];

/** The ids of a group's members after `changes` of them. */
export function changedMembers(before: Iterable<string>, changes: readonly Change[]): Set<string> {
  const ids = new Set(before);
  for (const change of changes) {
    if (change.op === 'set' || change.op === 'unset') ids.clear();
    const values =
      change.op === 'unset' ? [] : change.op === 'set' ? (change.value as readonly Element[]) : change.values;
    for (const id of idsOf(values)) {
      if (change.op === 'remove') ids.delete(id);
      else ids.add(id);
    }
  }
  return ids;
}

/** The resources that shall be members. @throws invalidValue naming the first id that leads nowhere */
export async function membersById(
  session: Session,
  references: References,
  membership: Membership,
  ids: readonly string[],
): Promise<Reference[]> {
  if (ids.length === 0) return [];
  const known = await references.byId(session, ids);
  return ids.map((id) => {
    const reference = known.get(id);
    if (!reference) throw noSuchMembers(ids.filter((other) => !known.has(other)));
    if (membership.by === 'name' && !TRAITS[reference.type].isAccount) {
      throw new ScimError(
        'invalidValue',
        `members: ${membership.attribute} holds users only; ${shown(id)} is a ${reference.type}`,
        { fault: 'member-not-a-user' },
      );
    }
    return reference;
  });
}

/** What stands for a resource in the list of a group's members. */
export const memberValue = ({ by }: Membership, { dn, name }: Pick<Reference, 'dn' | 'name'>): string =>
  by === 'dn' ? dn : name;
