import type { Session } from '../directory/session.ts';
import type { Branch } from './branch.ts';

/** One piece of work on the entries of one branch: over which connection, and until when. */
export interface Work {
  readonly signal: AbortSignal;
  readonly session: Session;
  readonly branch: Branch;
}
