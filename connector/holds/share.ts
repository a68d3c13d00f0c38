import type { Kind } from './limits.ts';

/** What one write adds to what is counted. */
export interface Share {
  readonly kind: Kind;
  /** Among what it is counted: a plural such as "users", or the group whose members leave. */
  readonly scope: string;
  /** The same key counts once in a window. */
  readonly key: string;
  readonly amount: number;
}

/** One attribute that a request would change, for people to read. */
export interface HeldChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** A write as it is kept while it is held; never with a password. */
export interface HeldRequest {
  readonly operation: 'create' | 'modify' | 'delete';
  /** "User" or "Group". */
  readonly type: string;
  /** Absent of what is to be made. */
  readonly id?: string;
  /** Natural name; empty where nobody could read it. */
  readonly name: string;
  readonly shares: readonly Share[];
  readonly changes: readonly HeldChange[];
}
