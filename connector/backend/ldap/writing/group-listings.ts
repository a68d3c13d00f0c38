import { normalDn } from '../directory/dn.ts';
import { equals } from '../directory/filter.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Entry, Session } from '../directory/session.ts';
import { findObjects } from '../layout/branch-search.ts';
import type { Tree } from '../layout/tree.ts';
import { memberValue } from '../references/members.ts';
import type { Pointer } from './pointer.ts';
import { writeDelta } from './write-delta.ts';

/** The server's own referential integrity was faster, or the entry went away. */
const DONE: ReadonlySet<number | undefined> = new Set([
  RESULT.noSuchAttribute,
  RESULT.attributeOrValueExists,
  RESULT.noSuchObject,
  RESULT.entryAlreadyExists,
]);

/** Waits for a write that somebody may have made already. */
export async function ignoringDone(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof LdapFailure) || !DONE.has(error.code)) throw error;
  }
}

/** The groups that list an entry by `value`, without their members: they may be as many as there are people. */
async function groupsListing(
  { groups, entitlements, membership }: Tree,
  session: Session,
  value: string,
): Promise<readonly Entry[]> {
  if (value === '') return [];
  const branches = [...(groups ? [groups] : []), ...entitlements.map(({ branch }) => branch)];
  const isMeant = equals(membership.attribute, value);
  const each = branches.map((branch) => findObjects(session, branch, isMeant, { attributes: ['1.1'] }));
  const found = (await Promise.all(each)).flat();
  // Entitlements may lie among the groups.
  return [...new Map(found.map((entry) => [normalDn(entry.dn), entry])).values()];
}

/**
 * Puts another value, or none, in the place of `before` in every group that lists it.
 * @returns those groups, as they were
 */
export async function replaceListings(
  tree: Tree,
  session: Session,
  before: Pointer,
  after?: Pointer,
): Promise<readonly Entry[]> {
  const { membership } = tree;
  const [old, now] = [memberValue(membership, before), after && memberValue(membership, after)];
  if (old === now) return [];
  const found = await groupsListing(tree, session, old);
  for (const group of found) {
    const add = now === undefined ? [] : [now];
    await ignoringDone(writeDelta(session, membership, group.dn, { add, remove: [old] }));
  }
  return found;
}

/** Undoes a replacement by none. @param groups  as it returned them */
export async function restoreListings(
  { membership }: Tree,
  session: Session,
  groups: readonly Entry[],
  who: Pointer,
): Promise<void> {
  const add = [memberValue(membership, who)];
  for (const { dn } of groups) await ignoringDone(writeDelta(session, membership, dn, { add, remove: [] }));
}
