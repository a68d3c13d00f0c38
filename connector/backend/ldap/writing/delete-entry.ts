import { ScimError } from '../../../scim/error.ts';
import type { Resource } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Session } from '../directory/session.ts';
import { type Branch, nameIn } from '../layout/branch.ts';
import { refuseProtected } from '../layout/protection.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { replaceListings, restoreListings } from './group-listings.ts';
import { type Pointer, pointerTo } from './pointer.ts';
import { refuseStale } from './refuse-stale.ts';
import { repairReferences } from './repair-references.ts';
import { switchAccount } from './switch-account.ts';
import { entryLock, exclusive, type Writer } from './writer.ts';

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

async function remove(writer: Writer, work: Work, id: string, version: string | undefined): Promise<void> {
  const { tree, finder, caches } = writer;
  const { session, branch } = work;
  const entry = await finder.byId(work, id);
  refuseStale(writer, work, id, entry, version);
  await refuseProtected(session, branch, entry);
  const who = pointerTo(branch, entry.dn, { [branch.type.naturalKey]: nameIn(branch, entry) });
  try {
    await execute(tree, session, who);
  } finally {
    caches.deleted({ branch, id, dn: entry.dn });
  }
  await repairReferences(tree, session, who);
  if (branch.type.isAccount && tree.activation.kind === 'group') await switchAccount(session, tree, entry.dn, true);
}

/** @param from  what the client has read. @throws notFound, versionMismatch, forbidden, unavailable */
export function deleteEntry(
  writer: Writer,
  { signal }: Call,
  branch: Branch,
  id: string,
  from?: Resource,
): Promise<void> {
  const attempt = (version?: string): Promise<void> =>
    writer.directory.write(signal, (session) => remove(writer, { signal, session, branch }, id, version));
  return exclusive(writer, [entryLock(id)], async (again) => {
    if (!again) return attempt(from?.meta.version);
    await attempt().catch((error: unknown) => {
      // Gone: the first attempt did it.
      if (!(error instanceof ScimError) || error.reason !== 'notFound') throw error;
    });
  });
}
