import type { Change } from '../../../scim/change.ts';
import type { Complex, Resource } from '../../../scim/resource.ts';
import type { Call } from '../../backend.ts';
import { type Entry, LdapFailure, type Modification, type Session } from '../directory/session.ts';
import type { Branch } from '../layout/tree.ts';
import { memberElement } from '../reading/assemble.ts';
import { changedMembers, idsOf, membersById, memberValue } from '../references/ids-to-references.ts';
import type { Known } from '../references/known-members.ts';
import type { MemberDelta } from '../references/membership-plan.ts';
import type { Reference } from '../references/references.ts';
import { isOfMembers } from './modification-plan.ts';
import type { WriteContext } from './write-context.ts';
import { OVERTAKEN } from './write-members.ts';

/** A group as a change finds it. */
export interface Group {
  /** Without its members when they are known. */
  readonly entry: Entry;
  readonly members: readonly Reference[];
  readonly elements: readonly Complex[];
  readonly known?: Known;
}

/** Members to add and remove in one modify; more are written step by step. */
const SMALL_DELTA = 100;

/** @param trusting  take the members from what is known, where the group's version says that nothing has changed */
export async function groupToChange(
  { tree, finder, assembler, known: groups }: WriteContext,
  { signal }: Call,
  session: Session,
  branch: Branch,
  id: string,
  trusting: boolean,
): Promise<Group> {
  const usable = trusting && tree.readEntry && tree.profile.version !== undefined;
  const known = usable ? groups.get(id) : undefined;
  if (known) {
    const entry = await finder.byId(session, branch, id, ['members']);
    if (assembler.versionOf(entry) === known.version) return { entry, ...known, known };
    groups.drop(id);
  }
  const entry = await finder.byId(session, branch, id);
  const members = assembler.members(entry, await assembler.memberReferences(signal, session, [entry]));
  const elements = members.map(memberElement);
  const complete = members.length === (entry.attributes.get(tree.membership.key)?.length ?? 0);
  if (!usable || !complete) return { entry, members, elements };
  const kept = groups.read(id, assembler.versionOf(entry), members, elements);
  return { entry, members, elements, ...(kept ? { known: kept } : {}) };
}

/** The group is not what it was known to be: read it again, all of it. */
export class Outdated extends Error {
  override readonly name = 'Outdated';
}

/** @param elements  of its members, known without reading them again */
export async function showGroup(
  { assembler }: WriteContext,
  { signal }: Call,
  session: Session,
  branch: Branch,
  entry: Entry,
  elements: readonly Complex[],
): Promise<Resource> {
  const [resource] = await assembler.resources(signal, session, branch, [entry], { without: ['members'] });
  const { attributes, ...rest } = resource as Resource;
  return { ...rest, attributes: elements.length === 0 ? attributes : { ...attributes, members: elements } };
}

export interface Joining extends MemberDelta {
  /** Everybody who is a member then. */
  readonly after: Pick<Group, 'members' | 'elements'>;
}

/** The group's members as values to add and to take away. @throws invalidValue for an id that leads nowhere */
export async function memberDelta(
  { references, tree }: WriteContext,
  session: Session,
  { members, elements }: Pick<Group, 'members' | 'elements'>,
  changes: readonly Change[],
): Promise<Joining> {
  const joined = changes.filter(isOfMembers);
  if (joined.length === 0) return { add: [], remove: [], after: { members, elements } };
  const replaced = joined.some(({ op }) => op === 'set' || op === 'unset');
  const named = new Set(joined.flatMap((one) => (one.op === 'add' || one.op === 'remove' ? idsOf(one.values) : [])));
  // Whoever is not named stays, so that one of ten thousand is found by one look at each.
  const there = new Set(members.flatMap(({ id }) => (replaced || named.has(id) ? [id] : [])));
  const after = changedMembers(there, joined);
  const joining = [...after].filter((id) => !there.has(id));
  const add = await membersById(session, references, tree, joining);
  const leaves = ({ id }: Reference): boolean => there.has(id) && !after.has(id);
  const leaving = members.filter(leaves);
  const staying = <T>(list: readonly T[]): readonly T[] =>
    leaving.length === 0 ? list : list.filter((_, i) => !leaves(members[i] as Reference));
  const value = (reference: Reference): string => memberValue(tree, reference);
  return {
    add: add.map(value),
    remove: leaving.map(value),
    after: {
      members: [...staying(members), ...add],
      elements: [...staying(elements), ...add.map(memberElement)],
    },
  };
}

/** Whether `writeFew` may be used: no placeholder is there, and none is needed. */
export const isFew = ({ members, known }: Group, { add, remove }: MemberDelta): boolean =>
  known !== undefined && add.length + remove.length <= SMALL_DELTA && members.length > remove.length;

/**
 * Changes members of a known group in one modify. The server tells the version just before and just after it: when
 * the first is the one the members are known at, they are known at the second too.
 * @throws Outdated when a member was there, or was gone, already
 */
export async function writeFew(
  { tree, known: groups }: WriteContext,
  session: Session,
  id: string,
  { dn, known }: { readonly dn: string; readonly known: Known },
  { add, remove, after }: Joining,
  leading: readonly Modification[],
): Promise<void> {
  const { attribute } = tree.membership;
  const step = (operation: 'add' | 'delete', values: readonly string[]): Modification[] =>
    values.length === 0 ? [] : [{ operation, attribute, values }];
  const modifications = [...leading, ...step('add', add), ...step('delete', remove)];
  groups.drop(id);
  try {
    const turn = await session.modify(dn, modifications, tree.profile.version);
    if (turn?.before !== known.version || turn.after === undefined) return;
    groups.put(id, { version: turn.after, ...after, until: known.until });
  } catch (error) {
    if (error instanceof LdapFailure && OVERTAKEN.has(error.code)) throw new Outdated('', { cause: error });
    throw error;
  }
}
