import type { TypeName } from '../../scim/schema/resource-type.ts';
import type { AppSettings } from './app-settings.ts';

/** A resource as a store keeps it. Another store that takes it over keeps exactly this. */
export interface KeptResource {
  /** Its place in the order of all resources. */
  readonly seq: number;
  readonly id: string;
  readonly type: TypeName;
  /** Above 0 where an older one has the same name. */
  readonly twin: number;
  /** Unit of both: ms since 1970. */
  readonly created: number;
  readonly modified: number;
  readonly version: number;
  /** The document: JSON. */
  readonly doc: string;
  /** A PHC string, where there is a password. */
  readonly passwordHash: string | null;
}

/** By `seq`. */
export type KeptMembership = readonly [group: number, member: number];

export interface KeptEntitlement {
  readonly seq: number;
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly created: number;
  readonly modified: number;
}

/** What was kept last: a room of the store, and the key of a row in it. All content has one order by it. */
export type Position = readonly [room: number, key: number, second: number];

/** Some rows, one after the other in the order of the store. */
export type KeptBatch = { readonly end: Position } & (
  | { readonly kind: 'resources'; readonly rows: readonly KeptResource[] }
  | { readonly kind: 'memberships'; readonly rows: readonly KeptMembership[] }
  | { readonly kind: 'entitlements'; readonly rows: readonly KeptEntitlement[] }
);

export interface KeptCounts {
  readonly users: number;
  readonly groups: number;
  readonly memberships: number;
  readonly entitlements: number;
}

/** Everything that a store keeps, counted, and a digest of it: two stores with equal ones keep the same. */
export interface KeptContent {
  readonly counts: KeptCounts;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/** Numbers that were given, also to rows that are gone: none is given twice. */
export interface GivenNumbers {
  readonly resources: number;
  readonly entitlements: number;
}

/** A store that people move out of. It stays as it is. */
export interface Departure {
  /** The store, for people. */
  readonly place: string;
  /** Records of changes that the journal does not have yet. */
  readonly waiting: number;
  readonly given: GivenNumbers;
  /** Everything, or what comes after a position. */
  readonly kept: (after?: Position) => Iterable<KeptBatch>;
  readonly close: () => void;
}

/** How far a move into a store has come. */
export type MoveStanding =
  /** `done`: rows that are there already. */
  | { readonly kind: 'begun'; readonly after: Position | undefined; readonly done: number }
  /** Of the same content, at a time (ISO 8601). */
  | { readonly kind: 'finished'; readonly at: string };

/** A store that people move into. */
export interface Arrival {
  /** The store, for people. */
  readonly place: string;
  /** Why it cannot keep this as it is; empty: it can. */
  readonly objections: (batch: KeptBatch) => readonly string[];
  /**
   * Marks it as one that is being filled, or finds that mark; until `finish` no connector serves from it.
   * @throws conflict  there are people in it, or a move of other content
   */
  readonly begin: (content: KeptContent) => Promise<MoveStanding>;
  /** What `begin` would find or throw, and nothing is written. */
  readonly look: (content: KeptContent) => Promise<MoveStanding>;
  /** Throws away what an unfinished move has left. @throws conflict  there is none */
  readonly discard: () => Promise<void>;
  /** Keeps a batch and how far that is, both or none; a batch that is kept already is passed over. @throws unavailable */
  readonly put: (batch: KeptBatch) => Promise<void>;
  /** What is there now, in the same order. @throws unavailable */
  readonly kept: () => AsyncIterable<KeptBatch>;
  /** To be called once all of it was found there: it may be served from now on. */
  readonly finish: (given: GivenNumbers) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How everybody moves from one kind of store into another, as they are. */
export interface Moving<App extends AppSettings> {
  /** @param alone  nobody may have it open, and nobody opens it until it is closed @throws unavailable */
  readonly leave?: (app: App, options: { readonly alone: boolean }) => Promise<Departure>;
  /** @throws unavailable */
  readonly arrive?: (app: App, signal: AbortSignal) => Promise<Arrival>;
}
