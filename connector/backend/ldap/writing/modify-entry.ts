import type { Change } from '../../../scim/change.ts';
import { ScimError, versionMismatch } from '../../../scim/error.ts';
import { naturalName } from '../../../scim/names.ts';
import type { Costly } from '../../../scim/query.ts';
import type { Attributes, Resource } from '../../../scim/resource.ts';
import { fold } from '../../../scim/text.ts';
import type { Call } from '../../backend.ts';
import { parentOf, rdnText } from '../directory/dn.ts';
import { mayLookAgain, translated } from '../directory/ldap-errors.ts';
import { RESULT } from '../directory/result-code.ts';
import { type Entry, LdapFailure, type Session } from '../directory/session.ts';
import { activationChanges } from '../layout/activation.ts';
import { refuseProtected, refuseProtectedDn } from '../layout/protection.ts';
import type { Branch } from '../layout/tree.ts';
import { canonical } from './canonical-changes.ts';
import { groupToChange, isFew, memberDelta, Outdated, showGroup, writeFew } from './group-to-change.ts';
import { planOf } from './modification-plan.ts';
import { repairReferences } from './repair-references.ts';
import { switchAccount } from './switch-account.ts';
import { newName } from './uniqueness.ts';
import type { WriteContext } from './write-context.ts';
import { writeMembers } from './write-members.ts';

/** Measured on 389 2.3.1: its attribute uniqueness plug-in fails on such a name, whatever the new one is. */
const CANNOT_RENAME =
  'the directory cannot rename this entry; 389 Directory Server with the attribute uniqueness plug-in fails where the ' +
  'present name holds one of , + " \\ < > ; = # or a blank at its end: rename it with the plug-in switched off';

/** Renames; when what follows is refused, the old name comes back, so that nothing has changed. */
async function renamed(
  session: Session,
  entry: Entry,
  rdn: string | undefined,
  then: (dn: string) => Promise<void>,
): Promise<string> {
  if (rdn === undefined) {
    await then(entry.dn);
    return entry.dn;
  }
  const parent = parentOf(entry.dn);
  try {
    await session.rename(entry.dn, rdn);
  } catch (error) {
    if (!(error instanceof LdapFailure) || error.code !== RESULT.operationsError) throw error;
    throw new ScimError('invalidValue', CANNOT_RENAME, { cause: error });
  }
  const dn = parent === '' ? rdn : `${rdn},${parent}`;
  try {
    await then(dn);
  } catch (error) {
    // Lost connections tell nothing: the next attempt reads what became of it.
    if (error instanceof LdapFailure && error.code !== undefined) await session.rename(dn, rdnText(entry.dn));
    throw error;
  }
  return dn;
}

async function change(
  parts: WriteContext,
  call: Call,
  session: Session,
  branch: Branch,
  id: string,
  raw: readonly Change[],
  { ifMatch, trusting }: { readonly ifMatch?: string | undefined; readonly trusting: boolean },
): Promise<Resource> {
  const { tree, finder, assembler, references, graph, known } = parts;
  const changes = canonical(branch, raw);
  const user = branch.type.isAccount;
  const group = user ? undefined : await groupToChange(parts, call, session, branch, id, trusting);
  const entry = group?.entry ?? (await finder.byId(session, branch, id));
  if (ifMatch !== undefined && assembler.versionOf(entry) !== ifMatch) throw versionMismatch(branch.type.name, id);
  const [before] = await assembler.resources(call.signal, session, branch, [entry], { without: ['groups', 'members'] });
  if (!before) throw new ScimError('unavailable', 'the entry cannot be read');
  if (changes.length === 0) {
    if (group) return showGroup(parts, call, session, branch, entry, group.elements);
    return shown(parts, call, session, branch, entry);
  }
  await refuseProtected(session, branch, entry);
  const plan = await planOf(parts, session, branch, entry, before.attributes, changes);
  const newDn = plan.rdn === undefined ? undefined : `${plan.rdn},${parentOf(entry.dn)}`;
  if (newDn !== undefined) refuseProtectedDn(branch, newDn);
  const delta = await memberDelta(parts, session, group ?? { members: [], elements: [] }, changes);
  const joins = delta.add.length + delta.remove.length > 0;
  const few = joins && plan.rdn === undefined && group && isFew(group, delta) ? group.known : undefined;
  // A large change starts from the whole group as it is now.
  if (joins && group?.known && !few) throw new Outdated('');

  const { apart } = plan.password;
  if (apart !== undefined) {
    await translated({ operation: 'password', type: branch.type.name, id }, () => session.setPassword(entry.dn, apart));
  }
  let overtaken = false;
  let dn = await renamed(session, entry, plan.rdn, async (at) => {
    if (few) {
      await writeFew(parts, session, id, { dn: at, known: few }, delta, plan.modifications);
    } else if (joins) {
      overtaken = await writeMembers(session, tree.membership, { ...entry, dn: at }, delta, plan.modifications);
    } else if (plan.modifications.length > 0) {
      await session.modify(at, plan.modifications);
    }
  });
  if (plan.active !== undefined) dn = await switchAccount(session, tree, dn, plan.active);
  const pointer = (at: string, attributes: Attributes) => ({
    dn: at,
    name: naturalName(branch.type, attributes),
  });
  if (dn !== entry.dn || (user && tree.membership.by === 'name')) {
    references.forget(entry.dn, id);
    await repairReferences(parts, session, pointer(entry.dn, before.attributes), pointer(dn, plan.wanted));
  }
  if (!user || dn !== entry.dn) graph.forget();
  if (user || dn !== entry.dn) known.dropWith(id);
  // The members of a large group are known by now and need not be read again.
  let after = await reread(parts, session, branch, dn, user || overtaken ? [] : ['members']);
  if (user && plan.wanted['active'] === false) after = await staysLocked(parts, session, branch, after);
  if (user || overtaken) return shown(parts, call, session, branch, after);
  return showGroup(parts, call, session, branch, after, delta.after.elements);
}

/** Whatever a server makes of a password or a rename: who was inactive is not let in by it. */
async function staysLocked(
  { tree, finder }: WriteContext,
  session: Session,
  branch: Branch,
  entry: Entry,
): Promise<Entry> {
  const lock = activationChanges(tree.activation, entry, false);
  if (lock.length === 0) return entry;
  await session.modify(entry.dn, lock);
  return (await finder.byDn(session, branch, entry.dn)) ?? entry;
}

/** The entry after the change. */
async function reread(
  { finder, references }: WriteContext,
  session: Session,
  branch: Branch,
  dn: string,
  without: readonly Costly[],
): Promise<Entry> {
  const entry = await finder.byDn(session, branch, dn, without);
  if (entry) {
    references.remember(branch, entry);
    return entry;
  }
  const text = `the directory does not show the changed ${branch.type.name}; check ${branch.section}.filter`;
  throw new ScimError('unavailable', text);
}

async function shown(
  { assembler }: WriteContext,
  call: Call,
  session: Session,
  branch: Branch,
  entry: Entry,
): Promise<Resource> {
  const [resource] = await assembler.resources(call.signal, session, branch, [entry]);
  return resource as Resource;
}

/** @throws notFound, uniqueness, invalidValue, versionMismatch, forbidden, unavailable */
export function modifyEntry(
  parts: WriteContext,
  call: Call,
  branch: Branch,
  id: string,
  changes: readonly Change[],
  ifMatch?: string,
): Promise<Resource> {
  const once = (version: string | undefined, trusting: boolean): Promise<Resource> =>
    parts.directory.write(call.signal, (session) =>
      change(parts, call, session, branch, id, changes, { ifMatch: version, trusting }),
    );
  const attempt = async (match?: string): Promise<Resource> => {
    try {
      return await once(match, true);
    } catch (error) {
      if (!(error instanceof Outdated)) throw error;
      return once(match, false);
    }
  };
  const both = async (): Promise<Resource> => {
    try {
      return await attempt(ifMatch);
    } catch (error) {
      // Sent, and no answer: what is missing is found by reading, and only that is written again.
      if (!mayLookAgain(error)) throw error;
      return attempt();
    }
  };
  const name = newName(branch.type, changes);
  return parts.mutex.run(`id:${id}`, () =>
    name === undefined ? both() : parts.mutex.run(`${branch.type.name}:${fold(name)}`, both),
  );
}
