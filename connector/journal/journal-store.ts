import type { IntendedWrite, Settlement } from '../backend/trail.ts';
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
  /** `userName`, `displayName`, id or e-mail address, before or after a change; the case does not matter. */
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
  readonly limit?: number;
}

/** An intended write whose end nobody has told. */
export interface OpenIntent {
  readonly seq: number;
  readonly write: IntendedWrite;
  /** What the record of its operation is going to hold, as far as it was known. */
  readonly record: JournalRecord;
}

/** What a reader of the journal sees, in the service's process or another. */
export interface JournalReader {
  select(query: JournalQuery): readonly StoredRecord[];
  close(): void;
}

/**
 * Where records are kept: one SQLite file for each connector; a database that several share can follow.
 * @throws Error from every method when it cannot be read or written
 */
export interface JournalStore extends JournalReader {
  /** In one transaction. One that is there already (`recordKey`) stays as it is. Safe from a kill once it returns. */
  append(records: readonly JournalRecord[]): void;
  /** Safe from a power cut too. */
  sync(): void;
  /** @returns its name for `settle` */
  intend(app: string, write: IntendedWrite, record: JournalRecord): number;
  /** It is told how an intended write ended; its record is appended by whoever tells. */
  settle(intent: number, outcome: Settlement | 'refused'): void;
  openIntents(): readonly OpenIntent[];
  /** Takes away the oldest until both hold. @param maxAge unit: ms @param maxSize unit: bytes @returns how many went */
  prune(maxAge: number, maxSize: number): number;
}
