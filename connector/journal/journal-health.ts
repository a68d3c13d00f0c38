import type { CopyHealth } from './copying.ts';

/** Whether the journal can be written, for whoever watches it. */
export interface JournalHealth {
  /** Why not, with what to do about it; absent while it can. */
  readonly failure?: string;
  /** ms since 1970, since when not. */
  readonly failingSince?: number;
  /** Records that wait to be written. */
  readonly waiting: number;
  /** Records that were kept since the connector started. */
  readonly written: number;
  /** Records that could be kept nowhere since the connector started. */
  readonly lost: number;
  /** Of the copy in the database that connectors share; absent where there is none. */
  readonly shared?: CopyHealth;
}
