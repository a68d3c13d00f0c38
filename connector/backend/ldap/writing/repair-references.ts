import { entryAt } from '../directory/entry-at.ts';
import { allOf, equals } from '../directory/filter.ts';
import { RESULT } from '../directory/result-code.ts';
import { type Entry, LdapFailure, type Modification, type Session } from '../directory/session.ts';
import type { Branch } from '../layout/tree.ts';
import { memberValue } from '../references/ids-to-references.ts';
import type { Reference } from '../references/references.ts';
import type { WriteContext } from './write-context.ts';
import { writeMembers } from './write-members.ts';

/** How others point at an entry: by its DN, or by `userName` where members are listed so. */
export type Pointer = Pick<Reference, 'dn' | 'name'>;

/** The server's own referential integrity was faster, or the entry went away. */
const DONE: ReadonlySet<number | undefined> = new Set([
  RESULT.noSuchAttribute,
  RESULT.attributeOrValueExists,
  RESULT.noSuchObject,
  RESULT.entryAlreadyExists,
]);

async function pointing(
  session: Session,
  branch: Branch,
  attribute: string,
  value: string,
  attributes: readonly string[],
): Promise<Entry[]> {
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

const groupsOf = async ({ tree }: WriteContext, session: Session, value: string): Promise<readonly Entry[]> => {
  const { groups, membership } = tree;
  if (!groups || value === '') return [];
  return pointing(session, groups, membership.attribute, value, [membership.attribute]);
};

/** Takes an entry out of every group. @returns those groups */
export async function leaveGroups(parts: WriteContext, session: Session, who: Pointer): Promise<readonly Entry[]> {
  const value = memberValue(parts.tree, who);
  const found = await groupsOf(parts, session, value);
  for (const group of found) {
    await ignoringDone(writeMembers(session, parts.tree.membership, group, { add: [], remove: [value] }));
  }
  return found;
}

/** Undoes `leaveGroups`. */
export async function joinGroups(
  parts: WriteContext,
  session: Session,
  groups: readonly Entry[],
  who: Pointer,
): Promise<void> {
  const value = memberValue(parts.tree, who);
  for (const { dn } of groups) {
    const group = await entryAt(session, dn, { attributes: [parts.tree.membership.attribute] });
    if (group) await ignoringDone(writeMembers(session, parts.tree.membership, group, { add: [value], remove: [] }));
  }
}

/**
 * Makes groups and managers follow an entry that was renamed, or forget one that was deleted. Active Directory and
 * servers with referential integrity have done it already, and nothing is found.
 * @param after  absent when the entry is gone
 */
export async function repairReferences(
  parts: WriteContext,
  session: Session,
  before: Pointer,
  after?: Pointer,
): Promise<void> {
  const { membership, users } = parts.tree;
  const [old, now] = [memberValue(parts.tree, before), after && memberValue(parts.tree, after)];
  if (old !== now) {
    for (const group of await groupsOf(parts, session, old)) {
      await ignoringDone(
        writeMembers(session, membership, group, { add: now === undefined ? [] : [now], remove: [old] }),
      );
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
