import { createHash } from 'node:crypto';
import { type Change, type Element, isChangeOf } from '../scim/change.ts';
import { type Attributes, isComplex, type Value } from '../scim/resource.ts';
import type { Share } from './share.ts';

const isOfMembers = isChangeOf('members');

const idsOf = (elements: Value | readonly Element[] | undefined): readonly string[] =>
  (Array.isArray(elements) ? elements : []).map((element) => String(isComplex(element) ? element['value'] : element));

export const membersOf = (attributes: Attributes): readonly string[] => idsOf(attributes['members'] as Value);

export const takesMembers = (changes: readonly Change[]): boolean =>
  changes.some((change) => isOfMembers(change) && change.op !== 'add');

/** Ids that are taken out by name; undefined where the change does not name them all. */
export function namedLeavers(changes: readonly Change[]): readonly string[] | undefined {
  const removals = changes.filter(isOfMembers).filter(({ op }) => op !== 'add');
  return removals.every((change) => change.op === 'remove')
    ? removals.flatMap((change) => (change.op === 'remove' ? idsOf(change.values) : []))
    : undefined;
}

/** Of the members in `before` those that are not left after `changes`. */
export function leavers(before: readonly string[], changes: readonly Change[]): readonly string[] {
  const left = new Set(before);
  for (const change of changes.filter(isOfMembers)) {
    if (change.op === 'set' || change.op === 'unset') left.clear();
    if (change.op === 'set') for (const id of idsOf(change.value)) left.add(id);
    if (change.op === 'add') for (const id of idsOf(change.values)) left.add(id);
    if (change.op === 'remove') for (const id of idsOf(change.values)) left.delete(id);
  }
  return before.filter((id) => !left.has(id));
}

/** What those who leave add to what is counted. Whether they empty the group is known with all who have left it. */
export function removalShares(group: string, leaving: readonly string[]): readonly Share[] {
  if (leaving.length === 0) return [];
  const key = createHash('sha256')
    .update([...leaving].sort().join('\n'))
    .digest('base64url')
    .slice(0, 22);
  return [{ kind: 'removals', scope: group, key, amount: leaving.length }];
}
