import type { Branch } from '../layout/branch.ts';
import type { Tree } from '../layout/tree.ts';
import type { GroupGraph } from '../references/group-graph.ts';
import type { Known, KnownMembers } from '../references/known-members.ts';
import type { ReferenceCache } from '../references/reference-cache.ts';
import type { IdSnapshots } from './id-snapshots.ts';

/** An entry that a write of ours is about. */
export interface Written {
  readonly branch: Branch;
  readonly id: string;
  /** Where it was before. */
  readonly dn: string;
}

/** All that is remembered of a directory, and what of it is forgotten after which write of ours. */
export class Caches {
  /** Who is where, and what others call them. */
  readonly references: ReferenceCache;
  /** Who is in which group. */
  readonly groups: GroupGraph;
  /** The members of large groups. */
  readonly members: KnownMembers;
  /** The ids of lists. */
  readonly lists: IdSnapshots;
  readonly #tree: Tree;

  constructor(tree: Tree, caches: Pick<Caches, 'references' | 'groups' | 'members' | 'lists'>) {
    this.#tree = tree;
    this.references = caches.references;
    this.groups = caches.groups;
    this.members = caches.members;
    this.lists = caches.lists;
  }

  /** After a write of any kind, confirmed or not: lists with a filter are counted anew. */
  written(): void {
    this.lists.written();
  }

  /** Confirmed or not. */
  created({ type }: Branch): void {
    this.lists.cameOrWent();
    if (type.hasMembers) this.groups.forget();
  }

  /**
   * Also when it is not certain that it was changed.
   * @param moved  it may have another DN now
   * @param known  the members of a group, as they are known to be now
   */
  changed({ branch, id, dn }: Written, moved: boolean, known?: Known): void {
    const { isAccount, hasMembers } = branch.type;
    // Groups may list accounts by the name that was changed.
    if (moved || (isAccount && this.#tree.membership.by === 'name')) this.references.forget(dn, id);
    if (hasMembers || moved) this.groups.forget();
    // The groups that it is in show its name.
    if (isAccount || moved) this.members.dropWith(id);
    if (known) this.members.put(id, known);
    else this.members.drop(id);
  }

  /** Confirmed or not. */
  deleted({ id, dn }: Written): void {
    this.lists.cameOrWent();
    this.references.forget(dn, id);
    this.groups.forget();
    this.members.dropWith(id);
  }
}
