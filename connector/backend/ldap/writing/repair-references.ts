import { equals } from '../directory/filter.ts';
import type { Modification, Session } from '../directory/session.ts';
import { findObjects } from '../layout/branch-search.ts';
import type { Tree } from '../layout/tree.ts';
import { ignoringDone, replaceListings } from './group-listings.ts';
import type { Pointer } from './pointer.ts';

/**
 * Makes groups and managers follow an entry that was renamed, or forget one that was deleted. Active Directory and
 * servers with referential integrity have done it already, and nothing is found.
 * @param after  absent when the entry is gone
 */
export async function repairReferences(tree: Tree, session: Session, before: Pointer, after?: Pointer): Promise<void> {
  await replaceListings(tree, session, before, after);
  if (before.dn === after?.dn) return;
  const { users } = tree;
  for (const row of users.table.rows.filter(({ syntax, writable }) => syntax.name === 'dn' && writable !== 'never')) {
    const modification: Modification = { operation: 'replace', attribute: row.ldap, values: after ? [after.dn] : [] };
    for (const { dn } of await findObjects(session, users, equals(row.ldap, before.dn), { attributes: ['1.1'] })) {
      await ignoringDone(session.modify(dn, [modification]));
    }
  }
}
