import { formatRdn, namingOf, rdnText } from './dn.ts';
import { present } from './ldap-filter.ts';
import { type Entry, LdapFailure, type Session } from './session.ts';
import type { Tree } from './tree.ts';
import { writeMembers } from './write-members.ts';

const MISSING = 32;

async function groupEntry(session: Session, { membership }: Tree, dn: string): Promise<Entry | undefined> {
  const search = {
    base: dn,
    scope: 'base',
    filter: present('objectClass'),
    attributes: [membership.attribute],
  } as const;
  try {
    return (await session.search(search))[0];
  } catch (error) {
    if (error instanceof LdapFailure && error.code === MISSING) return undefined;
    throw error;
  }
}

async function setLocked(session: Session, tree: Tree, group: string, dn: string, locked: boolean): Promise<void> {
  const entry = await groupEntry(session, tree, group);
  if (entry) {
    const delta = locked ? { add: [dn], remove: [] } : { add: [], remove: [dn] };
    await writeMembers(session, { ...tree.membership, by: 'dn' }, entry, delta);
  } else if (locked) {
    const { objectClasses, constants } = tree.profile.groups;
    const naming = namingOf(group);
    await session.add(group, {
      objectClass: objectClasses,
      ...(naming ? { [naming.attribute]: [naming.value] } : {}),
      ...Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, [value]])),
      [tree.membership.attribute]: [dn],
    });
  }
}

/**
 * The part of (de)activation that is not in the person's own entry: membership of a group, or the place in the tree.
 * @returns the entry's DN afterwards
 */
export async function switchAccount(session: Session, tree: Tree, dn: string, active: boolean): Promise<string> {
  const { activation } = tree;
  if (activation.kind === 'group') {
    await setLocked(session, tree, activation.group, dn, !active);
    return dn;
  }
  if (activation.kind !== 'move') return dn;
  const naming = namingOf(dn);
  const rdn = naming ? formatRdn(naming) : rdnText(dn);
  const superior = active ? activation.from : activation.to;
  await session.rename(dn, rdn, superior);
  return `${rdn},${superior}`;
}
