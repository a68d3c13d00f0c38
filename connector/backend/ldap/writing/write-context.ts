import type { KeyedMutex } from '../../../concurrency/keyed-mutex.ts';
import type { Directory } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import type { Assembler } from '../reading/assemble.ts';
import type { EntryFinder } from '../reading/entry-finder.ts';
import type { GroupGraph } from '../references/group-graph.ts';
import type { KnownMembers } from '../references/known-members.ts';
import type { References } from '../references/references.ts';

/** What every verb works with. */
export interface WriteContext {
  readonly directory: Directory;
  readonly tree: Tree;
  readonly references: References;
  readonly finder: EntryFinder;
  readonly assembler: Assembler;
  readonly graph: GroupGraph;
  readonly known: KnownMembers;
  /** One at a time for each entry and for each name that must be unique, within this process. */
  readonly mutex: KeyedMutex;
}
