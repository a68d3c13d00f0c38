import type { Attributes } from '../../../scim/resource.ts';
import { rdnText } from '../directory/dn.ts';
import { translated } from '../directory/ldap-errors.ts';
import type { Entry, Modification, Session } from '../directory/session.ts';
import type { Work } from '../layout/work.ts';
import type { Known } from '../references/known-members.ts';
import type { PlannedMembers } from './member-plan.ts';
import { changesNothing, type EntryPlan } from './plan-change.ts';
import { pointerTo } from './pointer.ts';
import { isRefusal, putBack } from './put-back.ts';
import { renamed } from './rename-entry.ts';
import { repairReferences } from './repair-references.ts';
import { settingPassword } from './setting-password.ts';
import { switchAccount } from './switch-account.ts';
import { writeDelta } from './write-delta.ts';
import { writeKnownMembers } from './write-known-members.ts';
import { writeMembers } from './write-members.ts';
import type { Writer } from './writer.ts';

/** A resource before a change, and what the change comes to. */
export interface Planned {
  readonly id: string;
  readonly entry: Entry;
  readonly before: Attributes;
  readonly change: EntryPlan;
  /** Of a group. */
  readonly members?: PlannedMembers;
}

/** The members of a group after a change. */
interface Aftermath {
  /** At the group's new version. */
  readonly known?: Known;
  /** Others changed them meanwhile: they are not those that were planned. */
  readonly overtaken: boolean;
  /** Nothing was left to be written. */
  readonly isIdle?: true;
}

export interface Done extends Aftermath {
  readonly dn: string;
  /** The modify of the entry, where it was held to what was read. */
  readonly sent?: readonly Modification[];
}

/**
 * The one modify, or as many as a large change of members takes.
 * @returns `undefined` when the members were not those that were known, and nothing is written
 */
async function modify(
  { tree }: Writer,
  session: Session,
  { entry, change, members }: Planned,
  dn: string,
): Promise<Aftermath | undefined> {
  const { modifications } = change;
  if (!members || members.plan.kind === 'unchanged') {
    if (modifications.length > 0) await settingPassword(session, tree, () => session.modify(dn, modifications));
    return { overtaken: false };
  }
  const { plan } = members;
  if (plan.kind === 'unread') {
    const written = await writeDelta(session, tree.membership, dn, plan.delta, modifications);
    return { overtaken: false, ...(written || !changesNothing(change) ? {} : { isIdle: true }) };
  }
  if (plan.kind === 'at once') {
    const written = await writeKnownMembers(session, tree, dn, plan.delta, plan, modifications);
    return written && { ...written, overtaken: false };
  }
  return { overtaken: await writeMembers(session, tree.membership, { ...entry, dn }, plan.delta, modifications) };
}

/**
 * What is not in the entry itself, and then what cannot be undone.
 * @returns the entry's DN then
 */
async function finish(
  { tree }: Writer,
  { session, branch }: Work,
  { id, change: { active, password } }: Planned,
  dn: string,
): Promise<string> {
  const switched = active === undefined ? dn : await switchAccount(session, tree, dn, active);
  if (password === undefined) return switched;
  try {
    const context = { operation: 'password', type: branch.type.name, id } as const;
    await translated(context, () => settingPassword(session, tree, () => session.setPassword(switched, password)));
  } catch (error) {
    if (active !== undefined && isRefusal(error)) await switchAccount(session, tree, switched, !active);
    throw error;
  }
  return switched;
}

/** @returns `undefined` when the group was not what it was known to be: nothing is written then */
export async function executeChange(writer: Writer, work: Work, planned: Planned): Promise<Done | undefined> {
  const { tree } = writer;
  const { session, branch } = work;
  const { entry, before, change } = planned;
  const { rdn, wanted, modifications } = change;
  const written = await renamed(session, entry.dn, rdn, (at) => modify(writer, session, planned, at));
  if (!written.result) return undefined;
  let dn = written.dn;
  try {
    dn = await finish(writer, work, planned, written.dn);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await putBack(session, written.dn, entry, modifications);
    if (rdn !== undefined) await session.rename(written.dn, rdnText(entry.dn));
    throw error;
  }
  await repairReferences(tree, session, pointerTo(branch, entry.dn, before), pointerTo(branch, dn, wanted));
  return { dn, ...written.result };
}
