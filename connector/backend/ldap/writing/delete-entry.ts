import { ScimError, versionMismatch } from '../../../scim/error.ts';
import type { Call } from '../../backend.ts';
import { mayLookAgain } from '../directory/ldap-errors.ts';
import { LdapFailure, type Session } from '../directory/session.ts';
import { refuseProtected } from '../layout/protection.ts';
import { type Branch, nameIn } from '../layout/tree.ts';
import { joinGroups, leaveGroups, repairReferences } from './repair-references.ts';
import { switchAccount } from './switch-account.ts';
import type { WriteContext } from './write-context.ts';

async function remove(
  parts: WriteContext,
  session: Session,
  branch: Branch,
  id: string,
  ifMatch: string | undefined,
): Promise<void> {
  const { tree, finder, assembler, references, graph, known } = parts;
  const entry = await finder.byId(session, branch, id);
  if (ifMatch !== undefined && assembler.versionOf(entry) !== ifMatch) throw versionMismatch(branch.type.name, id);
  await refuseProtected(session, branch, entry);
  const name = branch.type.isAccount ? nameIn(branch, entry) : '';
  // Before the entry: a server that tidies its groups up by itself does not always stamp them as changed (OpenLDAP's
  // refint), and an incremental import would never hear of it.
  const groups = await leaveGroups(parts, session, { dn: entry.dn, name });
  try {
    await session.delete(entry.dn);
  } catch (error) {
    if (error instanceof LdapFailure && error.code !== undefined)
      await joinGroups(parts, session, groups, { dn: entry.dn, name });
    throw error;
  }
  references.forget(entry.dn, id);
  graph.forget();
  known.dropWith(id);
  await repairReferences(parts, session, { dn: entry.dn, name });
  if (branch.type.isAccount && tree.activation.kind === 'group') await switchAccount(session, tree, entry.dn, true);
}

/** @throws notFound, versionMismatch, forbidden, unavailable */
export function deleteEntry(
  parts: WriteContext,
  call: Call,
  branch: Branch,
  id: string,
  ifMatch?: string,
): Promise<void> {
  const attempt = (match?: string): Promise<void> =>
    parts.directory.write(call.signal, (session) => remove(parts, session, branch, id, match));
  return parts.mutex.run(`id:${id}`, async () => {
    try {
      await attempt(ifMatch);
    } catch (error) {
      if (!mayLookAgain(error)) throw error;
      await attempt().catch((second: unknown) => {
        // Gone: the first attempt did it.
        if (!(second instanceof ScimError) || second.reason !== 'notFound') throw second;
      });
    }
  });
}
