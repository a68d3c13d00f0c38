import type { Attributes } from '../scim/resource.ts';
import type { TypeName } from '../scim/schema/resource-type.ts';

/** A change as a store made it, inside the transaction that made it. */
export interface StoredChange {
  readonly kind: 'create' | 'modify' | 'delete';
  readonly type: TypeName;
  readonly id: string;
  /** Its natural name. */
  readonly name?: string;
  /** When, by the clock of a store that several write to: of one resource each change is later than the one before. Unit: ms since 1970. */
  readonly at?: number;
  /** Of the resource, without what the store never shows and without members. Left out where they would cost a read. */
  readonly before?: Attributes;
  readonly after?: Attributes;
  /** Ids of members that joined and left, where they are known. */
  readonly joined?: readonly string[];
  readonly left?: readonly string[];
  /** Whether a password was set or taken away. */
  readonly password?: 'set' | 'removed';
}

/** One write to a store that no transaction of ours encloses, told before it is sent. */
export interface IntendedWrite {
  /** As an operator of that store would type it (LDIF, RFC 2849), without any secret. */
  readonly text: string;
  /** What `Backend.settle` needs to see later whether it was done: plain data, without any secret. */
  readonly proof: unknown;
  /** Names what is written: two writes of one subject may hide each other from whoever looks afterwards. */
  readonly subject?: string;
  /** Where it is sent to. */
  readonly server?: string;
}

/** What is found of an intended write. `unknown`: nothing that can be read tells. */
export type Settlement = 'done' | 'not done' | 'unknown';

/** How an intended write ended. */
export type WriteOutcome = Settlement | 'refused';

/** What a store leaves of one operation for the journal (docs/journal.md). Absent from a `Call` of which none is kept. */
export interface Trail {
  /** In the transaction of a change: the text to be stored in `outbox` under `seq`, in the same commit. */
  enclose(change: StoredChange, seq: number, outbox: Outbox): string;
  /** The transaction of what was enclosed has been undone: nothing of it is so, until it is told again. */
  undone(): void;
  /**
   * Before a write is sent: resolves once it is kept. To be told with the returned function how it ended, of a refusal
   * with the store's own words.
   * @throws unavailable when a record is required and cannot be kept
   */
  intend(write: IntendedWrite): Promise<(outcome: WriteOutcome, words?: string) => void>;
  /** A statement that was sent, without any secret, where `intend` has not told of it. */
  sent(text: string): void;
}

/** A record that was stored with its change, on its way to the journal. */
export interface OutboxItem {
  /** Rises from one to the next while a process has the store open. */
  readonly seq: number;
  /** As `Trail.enclose` gave it. */
  readonly text: string;
}

/** Records in the store itself, each committed with its change. The journal carries them away, each exactly once. */
export interface Outbox {
  /** The oldest, in order, of those after `after`. @throws unavailable */
  waiting(most: number, after?: number): Promise<readonly OutboxItem[]>;
  /**
   * To be called once they are safe elsewhere: those up to and including `seq` go with the next change, or when the store is
   * closed. Until then they may be found again, also by a later process.
   */
  drop(seq: number): void;
}

/** Records that other connectors have left in a store that several share. */
export interface LeftOutboxes {
  /**
   * Takes over what those have left that are gone: from then on nobody else does. What is dropped there goes at once.
   * @returns all that was taken over and is still there
   * @throws unavailable
   */
  takeOver(isGone: (node: string) => boolean): Promise<readonly Outbox[]>;
}
