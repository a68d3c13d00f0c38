import type { Directory } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import type { References } from '../references/references.ts';
import type { Assembler } from './assembler.ts';
import type { Caches } from './caches.ts';
import type { EntryFinder } from './entry-finder.ts';
import type { LookUps } from './look-ups.ts';

/** An open directory, and what reads from it. */
export interface Reader {
  readonly directory: Directory;
  readonly tree: Tree;
  readonly caches: Caches;
  readonly references: References;
  readonly finder: EntryFinder;
  readonly assembler: Assembler;
  readonly lookUps: LookUps;
}
