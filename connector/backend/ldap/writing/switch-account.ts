import { formatRdn, namingOf, namingsOf } from '../directory/dn.ts';
import { entryAt } from '../directory/entry-at.ts';
import type { Session } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import { writeDelta } from './write-delta.ts';

async function setLocked(session: Session, tree: Tree, group: string, dn: string, locked: boolean): Promise<void> {
  const entry = await entryAt(session, group, { attributes: ['1.1'] });
  if (entry) {
    const delta = locked ? { add: [dn], remove: [] } : { add: [], remove: [dn] };
    await writeDelta(session, { ...tree.membership, by: 'dn' }, group, delta);
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
  const rdn = formatRdn(...namingsOf(dn));
  const superior = active ? activation.from : activation.to;
  await session.rename(dn, rdn, superior);
  return `${rdn},${superior}`;
}
