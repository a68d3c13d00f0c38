import type { Backend } from '../backend.ts';

/** The store as it is, and a backend on it whose writes reach nobody: what they would have been is in `operations`. */
export interface Rehearsal {
  /** Open. Does what the real one does, refusals included. */
  readonly backend: Backend;
  /** What `operations` is written in, as the store's operator types it. */
  readonly language: 'LDIF' | 'SQL';
  /** What would have been written until now, in order and without any secret; empty when nothing would. */
  readonly operations: () => string;
  readonly close: () => Promise<void>;
}
