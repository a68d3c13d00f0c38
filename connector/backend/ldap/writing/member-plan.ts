import { type Change, isChangeOf } from '../../../scim/change.ts';
import { TRAITS } from '../../../scim/schema/resource-type.ts';
import type { Membership } from '../layout/membership.ts';
import type { Work } from '../layout/work.ts';
import { memberElement } from '../reading/group-members.ts';
import type { GroupToChange } from '../reading/group-to-change.ts';
import type { Known, Members } from '../references/known-members.ts';
import { changedMembers, idsOf, membersById, memberValue } from '../references/members.ts';
import type { Reference } from '../references/reference.ts';
import type { MemberDelta } from './member-steps.ts';
import type { Writer } from './writer.ts';

export const isOfMembers = isChangeOf('members');

/** Members to add and remove in one modify; more are written step by step. */
const SMALL_DELTA = 100;

/** What shall become of a group's members. */
export type MemberPlan =
  | { readonly kind: 'unchanged' }
  /** In one modify, after which they are still known. */
  | { readonly kind: 'at once'; readonly delta: MemberDelta; readonly known: Known; readonly after: Members }
  /** In one modify, of a group whose members nobody has read. */
  | { readonly kind: 'unread'; readonly delta: MemberDelta }
  /** As many modifies as it takes, from those that the entry has. */
  | { readonly kind: 'step by step'; readonly delta: MemberDelta };

/** The plan, and everybody who is a member then, as far as that is known. */
export interface PlannedMembers {
  readonly plan: MemberPlan;
  readonly after?: Members;
}

/** Whether `changes` can be made without knowing who is in the group. */
export function needNoReading(changes: readonly Change[]): boolean {
  const joined = changes.filter(isOfMembers);
  const named = joined.flatMap((one) => (one.op === 'add' || one.op === 'remove' ? one.values : []));
  return joined.every(({ op }) => op === 'add' || op === 'remove') && named.length <= SMALL_DELTA;
}

/** @throws invalidValue for an id to add that leads nowhere */
export async function planUnread(
  { references, tree: { membership } }: Writer,
  { session }: Work,
  changes: readonly Change[],
): Promise<PlannedMembers> {
  const joins = new Map<string, boolean>();
  for (const change of changes.filter(isOfMembers))
    if (change.op === 'add' || change.op === 'remove')
      for (const id of idsOf(change.values)) joins.set(id, change.op === 'add');
  const [joining, leaving] = [true, false].map((which) => [...joins.keys()].filter((id) => joins.get(id) === which));
  const add = await membersById(session, references, membership, joining ?? []);
  // Who is nobody is no member either.
  const gone = await references.byId(session, leaving ?? []);
  const value = (reference: Reference): string => memberValue(membership, reference);
  const delta = { add: add.map(value), remove: [...gone.values()].filter(mayBeListed(membership)).map(value) };
  const isNothing = delta.add.length + delta.remove.length === 0;
  return { plan: isNothing ? { kind: 'unchanged' } : { kind: 'unread', delta } };
}

/** Groups that list names list users only. */
const mayBeListed =
  ({ by }: Membership) =>
  ({ type }: Reference): boolean =>
    by === 'dn' || TRAITS[type].isAccount;

interface Difference extends MemberDelta {
  readonly after: Members;
}

/** The members as values to add and to take away. @throws invalidValue for an id that leads nowhere */
async function difference(
  { references, tree: { membership } }: Writer,
  { session }: Work,
  { references: members, elements }: Members,
  changes: readonly Change[],
): Promise<Difference> {
  const replaced = changes.some(({ op }) => op === 'set' || op === 'unset');
  const named = new Set(changes.flatMap((one) => (one.op === 'add' || one.op === 'remove' ? idsOf(one.values) : [])));
  // Whoever is not named stays, so that one of ten thousand is found by one look at each.
  const there = new Set(members.flatMap(({ id }) => (replaced || named.has(id) ? [id] : [])));
  const after = changedMembers(there, changes);
  const joining = [...after].filter((id) => !there.has(id));
  const add = await membersById(session, references, membership, joining);
  const leaves = ({ id }: Reference): boolean => there.has(id) && !after.has(id);
  const leaving = members.filter(leaves);
  const staying = <T>(list: readonly T[]): readonly T[] =>
    leaving.length === 0 ? list : list.filter((_, i) => !leaves(members[i] as Reference));
  const value = (reference: Reference): string => memberValue(membership, reference);
  return {
    add: add.map(value),
    remove: leaving.map(value),
    after: {
      references: [...staying(members), ...add],
      elements: [...staying(elements), ...add.map(memberElement)],
    },
  };
}

/**
 * @param mayBeAtOnce  nothing but the members' modify touches the entry's name
 * @returns `undefined` when the whole group has to be read first
 * @throws invalidValue for an id that leads nowhere
 */
export async function planMembers(
  writer: Writer,
  work: Work,
  { members, known, isWhole }: GroupToChange,
  changes: readonly Change[],
  mayBeAtOnce: boolean,
): Promise<PlannedMembers | undefined> {
  const joined = changes.filter(isOfMembers);
  if (joined.length === 0) return { plan: { kind: 'unchanged' }, after: members };
  const { after, ...delta } = await difference(writer, work, members, joined);
  const count = delta.add.length + delta.remove.length;
  if (count === 0) return { plan: { kind: 'unchanged' }, after };
  // No placeholder is there, and none is needed.
  const stays = members.references.length > delta.remove.length;
  if (known && mayBeAtOnce && count <= SMALL_DELTA && stays)
    return { plan: { kind: 'at once', delta, known, after }, after };
  return isWhole ? { plan: { kind: 'step by step', delta }, after } : undefined;
}
