import { ScimError, versionMismatch } from '../../../scim/error.ts';
import type { Resource } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Entry, Session } from '../directory/session.ts';
import { idOf } from '../layout/attribute-selection.ts';
import { type Branch, nameIn } from '../layout/branch.ts';
import { refuseProtected } from '../layout/protection.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { versionOf } from '../reading/entry-meta.ts';
import { conditional, stillAt } from './conditional-session.ts';
import { replaceListings, restoreListings } from './group-listings.ts';
import { type Pointer, pointerTo } from './pointer.ts';
import { refuseStale } from './refuse-stale.ts';
import { repairReferences } from './repair-references.ts';
import { switchAccount } from './switch-account.ts';
import { entryLock, exclusive, lent, type Writer } from './writer.ts';

/** Deletes the entry, or leaves it in its groups. */
async function execute(tree: Tree, session: Session, who: Pointer): Promise<void> {
  // Before the entry: a server that tidies its groups up by itself does not always stamp them as changed (OpenLDAP's
  // refint), and an incremental import would never hear of it.
  const groups = await replaceListings(tree, session, who);
  try {
    await session.delete(who.dn);
  } catch (error) {
    if (error instanceof LdapFailure && error.code !== undefined) await restoreListings(tree, session, groups, who);
    throw error;
  }
}

/** @param from  the entry that may be deleted, and no later one, where the server can be told. Absent: whatever is there */
async function executeHeld(writer: Writer, work: Work, who: Pointer, from: Entry | undefined): Promise<void> {
  const { tree, finder } = writer;
  const { session, branch } = work;
  const condition = from && stillAt(tree, from);
  if (!from || !condition) return execute(tree, session, who);
  try {
    await execute(tree, conditional(session, who.dn, condition), who);
  } catch (error) {
    if (!(error instanceof LdapFailure) || error.code !== RESULT.assertionFailed) throw error;
    const id = idOf(tree, from);
    const now = await finder.byId(work, id, ['members']);
    if (versionOf(tree.profile, now) !== versionOf(tree.profile, from)) throw versionMismatch(branch.type.name, id);
    // An overlay asked for the condition of another entry.
    await execute(tree, session, who);
  }
}

async function remove(writer: Writer, work: Work, id: string, version: string | undefined): Promise<void> {
  const { tree, finder, caches } = writer;
  const { session, branch } = work;
  // A digest is of the members, too.
  const isWhole = version !== undefined && tree.profile.version === undefined;
  const entry = await finder.byId(work, id, isWhole ? [] : ['groups', 'members']);
  refuseStale(writer, work, id, entry, version);
  await refuseProtected(session, branch, entry);
  const who = pointerTo(branch, entry.dn, { [branch.type.naturalKey]: nameIn(branch, entry) });
  try {
    await executeHeld(writer, work, who, version === undefined ? undefined : entry);
  } finally {
    caches.deleted({ branch, id, dn: entry.dn });
  }
  await repairReferences(tree, session, who);
  if (branch.type.isAccount && tree.activation.kind === 'group') await switchAccount(session, tree, entry.dn, true);
}

/** @param from  what the client has read. @throws notFound, versionMismatch, forbidden, unavailable */
export function deleteEntry(writer: Writer, call: Call, branch: Branch, id: string, from?: Resource): Promise<void> {
  const attempt = (): Promise<void> =>
    lent(writer, call, (session) => remove(writer, { signal: call.signal, session, branch }, id, from?.meta.version));
  return exclusive(writer, [entryLock(id)], async (again) => {
    if (!again) return attempt();
    await attempt().catch((error: unknown) => {
      // Gone: the first attempt did it.
      if (!(error instanceof ScimError) || error.reason !== 'notFound') throw error;
    });
  });
}
