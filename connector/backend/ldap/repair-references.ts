import { allOf, equals } from './ldap-filter.ts';
import type { Parts } from './parts.ts';
import { type Entry, LdapFailure, type Modification, type Session } from './session.ts';
import type { Branch } from './tree.ts';
import { writeMembers } from './write-members.ts';

/** How others point at an entry. */
export interface Pointer {
  readonly dn: string;
  /** `userName`, for directories that list members by name. */
  readonly name: string;
}

/** The server's own referential integrity was faster, or the entry went away. */
const DONE: ReadonlySet<number | undefined> = new Set([16, 20, 32, 68]);

async function pointing(session: Session, branch: Branch, attribute: string, value: string, attributes: readonly string[]): Promise<Entry[]> {
  const filter = allOf([branch.objects, equals(attribute, value)]);
  if (typeof filter === 'boolean') return [];
  const found = branch.bases.map((base) => session.search({ base, scope: 'sub', filter, attributes }));
  return (await Promise.all(found)).flat();
}

async function ignoringDone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof LdapFailure) || !DONE.has(error.code)) throw error;
  }
}

/**
 * Makes groups and managers follow an entry that was renamed, or forget one that was deleted. Active Directory and
 * servers with referential integrity have done it already, and nothing is found.
 * @param after  absent when the entry is gone
 */
export async function repairReferences({ tree }: Parts, session: Session, before: Pointer, after?: Pointer): Promise<void> {
  const { membership, groups, users } = tree;
  const value = ({ dn, name }: Pointer): string => (membership.by === 'dn' ? dn : name);
  const [old, now] = [value(before), after && value(after)];
  if (groups && old !== now) {
    for (const group of await pointing(session, groups, membership.attribute, old, [membership.attribute])) {
      await ignoringDone(writeMembers(session, membership, group, { add: now === undefined ? [] : [now], remove: [old] }));
    }
  }
  if (before.dn === after?.dn) return;
  for (const row of users.table.rows.filter(({ syntax, writable }) => syntax.name === 'dn' && writable !== 'never')) {
    const modification: Modification = { operation: 'replace', attribute: row.ldap, values: after ? [after.dn] : [] };
    for (const { dn } of await pointing(session, users, row.ldap, before.dn, ['1.1'])) {
      await ignoringDone(session.modify(dn, [modification]));
    }
  }
}
