import type { Attributes } from '../../../scim/resource.ts';
import { translated } from '../directory/ldap-errors.ts';
import type { Entry, Session } from '../directory/session.ts';
import type { Work } from '../layout/work.ts';
import type { Known } from '../references/known-members.ts';
import type { PlannedMembers } from './member-plan.ts';
import type { EntryPlan } from './plan-change.ts';
import { pointerTo } from './pointer.ts';
import { renamed } from './rename-entry.ts';
import { repairReferences } from './repair-references.ts';
import { switchAccount } from './switch-account.ts';
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

export interface Done {
  readonly dn: string;
  /** The group's members at its new version. */
  readonly known?: Known;
  /** Others changed the members meanwhile: they are not those that were planned. */
  readonly overtaken: boolean;
}

/** The one modify, or the first of those that change many members. @returns what is known of the members then */
async function modify(
  { tree }: Writer,
  session: Session,
  { entry, change: { modifications }, members }: Planned,
  dn: string,
): Promise<Known | 'overtaken' | 'outdated' | undefined> {
  if (!members || members.plan.kind === 'unchanged') {
    if (modifications.length > 0) await session.modify(dn, modifications);
    return undefined;
  }
  const { plan, after } = members;
  if (plan.kind === 'at once') {
    const known = await writeKnownMembers(session, tree, dn, plan.delta, { known: plan.known, after }, modifications);
    return known === 'overtaken' ? 'outdated' : known;
  }
  const overtaken = await writeMembers(session, tree.membership, { ...entry, dn }, plan.delta, modifications);
  return overtaken ? 'overtaken' : undefined;
}

/** @returns `undefined` when the group was not what it was known to be: nothing is written then */
export async function executeChange(writer: Writer, work: Work, planned: Planned): Promise<Done | undefined> {
  const { tree } = writer;
  const { session, branch } = work;
  const { id, entry, before, change } = planned;
  const { password, active, rdn, wanted } = change;
  if (password !== undefined) {
    const context = { operation: 'password', type: branch.type.name, id } as const;
    await translated(context, () => session.setPassword(entry.dn, password));
  }
  const written = await renamed(session, entry.dn, rdn, (at) => modify(writer, session, planned, at));
  if (written.result === 'outdated') return undefined;
  const dn = active === undefined ? written.dn : await switchAccount(session, tree, written.dn, active);
  await repairReferences(tree, session, pointerTo(branch, entry.dn, before), pointerTo(branch, dn, wanted));
  const known = written.result;
  return known === 'overtaken' ? { dn, overtaken: true } : { dn, overtaken: false, ...(known ? { known } : {}) };
}
