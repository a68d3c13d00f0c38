import type { InTurn } from '../in-turn.ts';
import type { Assembler } from './assemble.ts';
import type { EntryFinder } from './entry-finder.ts';
import type { GroupGraph } from './group-graph.ts';
import type { KnownMembers } from './known-members.ts';
import type { References } from './references.ts';
import type { Directory } from './session.ts';
import type { Tree } from './tree.ts';

/** What every verb works with. */
export interface Parts {
  readonly directory: Directory;
  readonly tree: Tree;
  readonly references: References;
  readonly finder: EntryFinder;
  readonly assembler: Assembler;
  readonly graph: GroupGraph;
  readonly known: KnownMembers;
  /** One at a time for each entry and for each name that must be unique, within this process. */
  readonly turns: InTurn;
}
