import type { JournalStore } from './journal-store.ts';

/** Where a journal that is kept in a file is copied to: what several connectors share. */
export interface Copying {
  /** Something was written: it is copied soon, and nobody waits for it. */
  wake(): void;
  /** Resolves once all is copied that was written, or it is not to be waited for. */
  rest(): Promise<void>;
  close(): void;
  readonly health: CopyHealth;
}

export interface CopyHealth {
  /** Why nothing can be copied; absent while it can be. */
  readonly failure?: string;
  /** ms since 1970, since when not. */
  readonly failingSince?: number;
  /** Records that were copied since the connector started. */
  readonly copied: number;
  /** Records in the file that are to be; absent while it is not known. */
  readonly behind?: number;
}

/** @param store  the file; undefined while it cannot be written */
export type StartCopying = (store: () => JournalStore | undefined) => Copying;
