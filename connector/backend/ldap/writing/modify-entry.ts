import type { Change } from '../../../scim/change.ts';
import { versionMismatch } from '../../../scim/error.ts';
import type { Read } from '../../../scim/query.ts';
import type { Attributes, Changed, Resource } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import { normalDn } from '../directory/dn.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Entry } from '../directory/session.ts';
import { activationChanges } from '../layout/activation.ts';
import type { Branch } from '../layout/branch.ts';
import { refuseProtected } from '../layout/protection.ts';
import type { Work } from '../layout/work.ts';
import { type GroupToChange, groupToChange, showGroup } from '../reading/group-to-change.ts';
import { canonical } from './canonical-changes.ts';
import { type Done, executeChange, type Planned } from './execute-change.ts';
import { executeUnlessStale, refuseMixed } from './execute-unless-stale.ts';
import { needNoReading, type PlannedMembers, planMembers, planUnread } from './member-plan.ts';
import { changesNothing, planChange } from './plan-change.ts';
import { readBack } from './read-back.ts';
import { isContested, refuseStale } from './refuse-stale.ts';
import { newName } from './uniqueness.ts';
import { entryLock, exclusive, lent, nameLock, type Writer } from './writer.ts';

/** What a client asks for. */
export interface Order {
  readonly id: string;
  readonly changes: readonly Change[];
  /** Of the resource that the changes were worked out from. */
  readonly version: string | undefined;
  /** Whether its members were read with it. */
  readonly isWhole: boolean;
  /** What the answer shall hold. */
  readonly read: Read | undefined;
}

/** One attempt to do what is asked for. */
interface Attempt extends Order {
  /** What an attempt without an answer was worked out from. */
  readonly earlier: Entry | undefined;
  /** Is told what this one is worked out from, before anything is written. */
  begin(entry: Entry): void;
}

/** A resource as a change finds it. */
interface Found {
  readonly entry: Entry;
  readonly before: Attributes;
  /** With who is in it. */
  readonly group?: GroupToChange;
  /** What becomes of the members of a group that was read without them, looked up meanwhile. */
  readonly unread?: Promise<PlannedMembers>;
}

/** Neither the change nor its answer has to do with those who stay in the group. A digest has: it is the version. */
const needsMembers = ({ tree: { profile } }: Writer, { changes, isWhole, version, read }: Order): boolean =>
  isWhole ||
  !read?.without?.includes('members') ||
  (version !== undefined && profile.version === undefined) ||
  !needNoReading(changes);

async function read(writer: Writer, work: Work, order: Order, trusting: boolean): Promise<Found> {
  const { id, changes } = order;
  const { hasMembers } = work.branch.type;
  const isRead = hasMembers && needsMembers(writer, order);
  const unread = hasMembers && !isRead ? planUnread(writer, work, changes) : undefined;
  // Waited for later: a group that is not there comes first.
  unread?.catch(() => {});
  const group = isRead ? await groupToChange(writer, work, id, trusting) : undefined;
  const entry = group?.entry ?? (await writer.finder.byId(work, id, ['members']));
  const { attributes } = await writer.assembler.resource(work, entry, {
    without: ['groups', 'members', 'entitlements'],
  });
  return { entry, before: attributes, ...(group ? { group } : {}), ...(unread ? { unread } : {}) };
}

/** @returns `undefined` when the group has to be read whole first */
async function plan(
  writer: Writer,
  work: Work,
  { id, changes }: Order,
  { entry, before, group, unread }: Found,
): Promise<Planned | undefined> {
  await refuseProtected(work.session, work.branch, entry);
  const change = await planChange(writer, work, entry, before, changes);
  if (unread) return { id, entry, before, change, members: await unread };
  if (!group) return { id, entry, before, change };
  const members = await planMembers(writer, work, group, changes, change.rdn === undefined);
  return members && { id, entry, before, change, members };
}

const isEmpty = ({ change, members }: Planned): boolean =>
  changesNothing(change) && (members === undefined || members.plan.kind === 'unchanged');

/**
 * Whether a group is there although its server says that something is not: it, or somebody who joins it, was renamed since
 * it was looked up. Those are looked up anew then.
 */
async function isElsewhere(writer: Writer, work: Work, { id, members }: Planned, error: unknown): Promise<boolean> {
  if (!(error instanceof LdapFailure) || error.code !== RESULT.noSuchObject) return false;
  const { references } = writer.caches;
  for (const dn of members && members.plan.kind !== 'unchanged' ? members.plan.delta.add : []) {
    const known = references.get(normalDn(dn));
    if (known) references.forget(dn, known.id);
  }
  await writer.finder.byId(work, id, ['members']);
  return true;
}

/** Executes the plan, and has everything forgotten that it touches, whatever becomes of it. */
async function execute(
  writer: Writer,
  work: Work,
  planned: Planned,
  version: string | undefined,
): Promise<Done | undefined> {
  const { id, entry, change } = planned;
  const moves = writer.tree.activation.kind === 'move' && change.active !== undefined;
  let done: Done | undefined;
  try {
    const run = (as: Work, what: Planned): Promise<Done | undefined> => executeChange(writer, as, what);
    done = await (version === undefined ? run(work, planned) : executeUnlessStale(writer, work, planned, run));
    return done;
  } catch (error) {
    if (await isElsewhere(writer, work, planned, error)) throw versionMismatch(work.branch.type.name, id);
    throw error;
  } finally {
    writer.caches.changed({ branch: work.branch, id, dn: entry.dn }, moves || change.rdn !== undefined, done?.known);
  }
}

const show = (writer: Writer, work: Work, { read }: Order, entry: Entry, members?: GroupToChange['members']) =>
  members && !read?.without?.includes('members')
    ? showGroup(writer, work, entry, members)
    : writer.assembler.resource(work, entry, read);

/** Whatever a server makes of a password or a rename: who was inactive is not let in by it. */
async function staysLocked({ tree, finder }: Writer, work: Work, entry: Entry): Promise<Entry> {
  const lock = activationChanges(tree.activation, entry, false);
  if (lock.length === 0) return entry;
  await work.session.modify(entry.dn, lock);
  return (await finder.byDn(work, entry.dn)) ?? entry;
}

async function showChanged(writer: Writer, work: Work, order: Order, planned: Planned, done: Done): Promise<Resource> {
  const { change, members } = planned;
  // The members of a group are known by now and need not be read again.
  const after = done.overtaken ? undefined : members?.after;
  const isKnown = after !== undefined && writer.tree.profile.version !== undefined;
  const without = [...(order.read?.without ?? []), ...(isKnown ? (['members'] as const) : [])];
  const entry = await readBack(writer, work, planned.id, done.dn, without);
  await refuseMixed(work, planned, done, entry);
  const locked = work.branch.type.isAccount && change.wanted['active'] === false;
  return show(writer, work, order, locked ? await staysLocked(writer, work, entry) : entry, after);
}

/** An attempt without an answer may have done it. */
const asBefore = ({ earlier }: Attempt): Pick<Changed, 'unchanged'> => (earlier ? {} : { unchanged: true });

/** @param trusting  the members of a large group may be those that are known */
async function change(writer: Writer, work: Work, attempt: Attempt, trusting = true): Promise<Changed> {
  const { id, changes, version, earlier } = attempt;
  const found = await read(writer, work, attempt, trusting);
  if (!earlier) refuseStale(writer, work, id, found.entry, version);
  if (changes.length === 0) return show(writer, work, attempt, found.entry, found.group?.members);
  const planned = await plan(writer, work, attempt, found);
  if (planned && isEmpty(planned))
    return { ...(await show(writer, work, attempt, found.entry, found.group?.members)), ...asBefore(attempt) };
  // Of the attempt without an answer nothing has come, or only a part of it: no value of others goes by the rest.
  if (version !== undefined && earlier && planned && isContested(planned.change, earlier, found.entry)) {
    throw versionMismatch(work.branch.type.name, id);
  }
  attempt.begin(found.entry);
  const done = planned && (await execute(writer, work, planned, version));
  if (!planned || !done) return change(writer, work, attempt, false);
  const resource = await showChanged(writer, work, attempt, planned, done);
  return done.isIdle ? { ...resource, ...asBefore(attempt) } : resource;
}

/**
 * @throws notFound, uniqueness, invalidValue, versionMismatch, forbidden, unavailable
 */
export function modifyEntry(writer: Writer, call: Call, branch: Branch, order: Order): Promise<Resource> {
  const { id } = order;
  const changes = canonical(branch, order.changes);
  const name = newName(branch.type, changes);
  const locks = [entryLock(id), ...(name === undefined ? [] : [nameLock(branch.type, name)])];
  let earlier: Entry | undefined;
  const begin = (entry: Entry): void => {
    earlier ??= entry;
  };
  return exclusive(writer, locks, () => {
    const attempt = { ...order, changes, earlier, begin };
    return lent(writer, call, (session) => change(writer, { signal: call.signal, session, branch }, attempt));
  });
}
