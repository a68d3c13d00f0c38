import type { Session } from '../directory/session.ts';
import type { Membership } from '../layout/membership.ts';
import type { Draft, NewEntry } from './draft.ts';
import { writeMembers } from './write-members.ts';

/** Members of the add itself; the rest follow in steps. */
const FIRST_MEMBERS = 250;

export function memberValues({ attribute, placeholder }: Membership, { members }: Draft): NewEntry {
  if (members.length > 0) return { [attribute]: members.slice(0, FIRST_MEMBERS) };
  return placeholder === undefined ? {} : { [attribute]: [placeholder] };
}

export async function addOtherMembers(session: Session, membership: Membership, { dn, members }: Draft): Promise<void> {
  const add = members.slice(FIRST_MEMBERS);
  if (add.length === 0) return;
  const attributes = new Map([[membership.key, members.slice(0, FIRST_MEMBERS)]]);
  await writeMembers(session, membership, { dn, attributes }, { add, remove: [] });
}
