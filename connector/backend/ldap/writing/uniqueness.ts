import { type Change, isChangeOf } from '../../../scim/change.ts';
import { notUnique } from '../../../scim/error.ts';
import type { ResourceType } from '../../../scim/schema/resource-type.ts';
import { normalDn } from '../directory/dn.ts';
import { anyOf, equals } from '../directory/filter.ts';
import type { Entry } from '../directory/session.ts';
import { idOf, selection } from '../layout/attribute-selection.ts';
import { findObjects } from '../layout/branch-search.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import { nameSpellings } from '../mapping/name-spellings.ts';

/** The name that `changes` give to a resource; `undefined` when they leave it. */
export function newName(type: ResourceType, changes: readonly Change[]): string | undefined {
  const change = changes.filter(isChangeOf(type.naturalKey)).findLast(({ op }) => op === 'set');
  return change?.op === 'set' ? String(change.value) : undefined;
}

/** Everybody called `name`, as the directory compares and as names compare. */
export async function namesakes(tree: Tree, { session, branch }: Work, name: string): Promise<readonly Entry[]> {
  const { natural } = branch;
  const spellings = nameSpellings(name).map((text) => equals(natural.ldap, natural.prefix + text));
  const { created, id } = tree.profile;
  return findObjects(session, branch, anyOf(spellings), selection(tree, branch, [created, id.attribute]));
}

/** @throws uniqueness when somebody else than `self` has the name; under another DN, too, it is itself */
export async function refuseTaken(tree: Tree, work: Work, name: string, self?: Entry): Promise<void> {
  const isSelf = (entry: Entry): boolean =>
    self !== undefined && (normalDn(entry.dn) === normalDn(self.dn) || idOf(tree, entry) === idOf(tree, self));
  const others = (await namesakes(tree, work, name)).filter((entry) => !isSelf(entry));
  if (others.length > 0) throw notUnique(work.branch.type.naturalKey, name);
}
