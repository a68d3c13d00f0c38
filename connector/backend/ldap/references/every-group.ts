import type { Directory } from '../directory/session.ts';
import type { Branch } from '../layout/branch.ts';
import { readAll } from '../layout/branch-search.ts';
import type { Tree } from '../layout/tree.ts';
import { memberKey, type Reference, referenceSelection, referenceTo } from './reference.ts';

/** Above this, the members of all groups are too much to hold. Unit: memberships; about 150 bytes each. */
const MOST = 500_000;
/** Groups of one page: each may have thousands of members. */
const PAGE = 100;

/** The groups that list somebody or a group, under its `memberKey`. */
export type Parents = ReadonlyMap<string, readonly Reference[]>;

/** Reads every group. @returns `undefined` when they have too many members to hold */
export async function readParents(
  directory: Directory,
  signal: AbortSignal,
  tree: Tree,
  groups: Branch,
): Promise<Parents | undefined> {
  const { membership } = tree;
  const { attributes, ...rest } = referenceSelection(tree, groups);
  const scan = { ...rest, attributes: [...attributes, membership.attribute], pageSize: PAGE };
  const parents = new Map<string, Reference[]>();
  let count = 0;
  await readAll(directory, signal, groups, scan, (entries) => {
    for (const entry of entries) {
      const members = entry.attributes.get(membership.key) ?? [];
      count += members.length;
      if (count > MOST) return false;
      const group = referenceTo(tree, groups, entry);
      for (const member of members) {
        const key = memberKey(membership, member.toString());
        const list = parents.get(key);
        if (list) list.push(group);
        else parents.set(key, [group]);
      }
    }
    return true;
  });
  return count > MOST ? undefined : parents;
}
