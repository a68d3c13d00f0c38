import type { IntendedWrite, WriteOutcome } from '../backend/trail.ts';
import type { Entry } from './entry.ts';
import type { CopySource } from './file/copy-source.ts';
import type { JournalRecord } from './record.ts';

/** A record, and where it stands in the journal: later ones have a higher `seq`. */
export interface StoredRecord extends JournalRecord {
  readonly seq: number;
}

/** What is asked of the journal. All that is given must hold. */
export interface JournalQuery {
  readonly app?: string;
  /** Reference of a request. */
  readonly ref?: string;
  /** `userName`, `displayName`, id or e-mail address, before or after a change, or the id of a member that joined or left; the case does not matter. */
  readonly about?: string;
  readonly outcome?: readonly JournalRecord['outcome'][];
  readonly message?: string;
  /** ms since 1970. */
  readonly since?: number;
  readonly until?: number;
  /** Only what came after the record of that `seq`. */
  readonly after?: number;
  /** Default `oldest`. */
  readonly first?: 'oldest' | 'newest';
  /** Default 1000. */
  readonly limit?: number;
}

/** A write that is announced before it is sent. */
export interface NewIntent extends Entry {
  readonly app: string;
  readonly write: IntendedWrite;
  /** What the record of its operation is going to hold, as far as it was known. */
  readonly record: JournalRecord;
}

/** A write of an operation whose record does not say yet what became of it. */
export interface OpenIntent extends NewIntent {
  readonly seq: number;
  /** As it was told; absent when nobody has. */
  readonly outcome?: WriteOutcome;
  readonly words?: string;
}

/** How an announced write ended, as far as anybody can tell. */
export interface ToldEnd {
  readonly intent: number;
  /** Of the record of its operation. */
  readonly key: string;
  readonly outcome: WriteOutcome;
  /** Of a refusal: the store's own words. */
  readonly words?: string | undefined;
}

/** What is written together. */
export interface Batch {
  /**
   * One that is there already (`key`) is replaced: what is told last is what became of it. With it go the intents of its
   * operation, unless it is `open`.
   */
  readonly records: readonly Entry[];
  /** Out of outboxes: one that is there already stays as it is, unless it says that nothing was done. */
  readonly carried?: readonly Entry[];
  readonly intents: readonly NewIntent[];
  readonly told: readonly ToldEnd[];
}

/** What a reader of the journal sees, of one connector or of several. @throws Error when it cannot be read */
export interface JournalReader {
  /** In the order in which they were written, or the reverse. */
  select(query: JournalQuery): Promise<readonly StoredRecord[]>;
  /** `seq` of the newest record; 0 in an empty journal. */
  last(): Promise<number>;
  /** How many connectors tell in it, where it may be more than one. */
  tellers?(): Promise<number>;
  /** What has to be said beside all that is read of it. */
  readonly caveat?: string;
  close(): Promise<void>;
}

/**
 * Where records are kept: one SQLite file for each connector. What several share is filled from there.
 * @throws Error from every method when it cannot be read or written
 */
export interface JournalStore {
  /** In the order in which they were written, or the reverse. */
  select(query: JournalQuery): readonly StoredRecord[];
  /**
   * In one transaction. Safe from a kill once it returns.
   * @returns the names of the intents, in their order
   */
  write(batch: Batch): readonly number[];
  /** Resolves once all that was written before is safe from a power cut. Nobody waits for the disk meanwhile. */
  sync(): Promise<void>;
  openIntents(): readonly OpenIntent[];
  /** The record of that name, as it stands. */
  find(key: string): JournalRecord | undefined;
  /**
   * Takes away some of the oldest; none when both hold. Their space is used again, the file does not shrink.
   * @param maxAge  unit: ms
   * @param maxSize  unit: bytes
   * @returns how many went; when any did, there may be more
   */
  prune(maxAge: number, maxSize: number): number;
  /** What a copy elsewhere is made from; the same object for as long as the file is open. */
  copies(): CopySource;
  close(): void;
}
