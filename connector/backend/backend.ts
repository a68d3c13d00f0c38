import type { Change } from '../scim/change.ts';
import type { Page, Query, Read } from '../scim/query.ts';
import type { Attributes, Changed, Resource } from '../scim/resource.ts';
import type { EntitlementType } from '../scim/schema/entitlement.ts';
import type { ResourceType, TypeName } from '../scim/schema/resource-type.ts';
import type { IntendedWrite, LeftOutboxes, Outbox, Settlement, Trail } from './trail.ts';

/** What this backend can do. Advertised to clients and checked by the core; a backend never has to refuse twice. */
export interface Capabilities {
  readonly types: readonly TypeName[];
  readonly create: boolean;
  readonly modify: boolean;
  readonly delete: boolean;
  readonly password: boolean;
  /** Whether `active` is kept. Default true. */
  readonly activation?: boolean;
  readonly sort: boolean;
  /** `meta.lastModified` can be filtered, for users and groups, and moves with membership. */
  readonly incremental: boolean;
  /** Operations that are asked for together are stored together: who has many asks for several at once. */
  readonly sharesCommits?: boolean;
  /**
   * `atomic`: a stale `from` always fails. `guarded`: it fails unless a write races it, and then too where both write the same
   * attribute: no value that somebody else has written is lost. `advisory`: it fails unless a write races it.
   */
  readonly versioning: 'none' | 'advisory' | 'guarded' | 'atomic';
}

/** What a request says of the program that sent it; never a credential. */
export interface Client {
  readonly address: string;
  readonly userAgent?: string;
  readonly accept?: string;
  readonly contentType?: string;
  /** The version of SCIM that it speaks: `2.0`. */
  readonly scim?: string;
}

/** One reading of what a store is busy with, for whoever watches it (docs/metrics.md). */
export interface Gauge {
  /** In snake case with its base unit, such as `sqlite_commit_seconds_total`. `_total`: it only rises. */
  readonly name: string;
  readonly help: string;
  readonly value: number;
  /** The same names for every reading of one name; values are the operator's or ours, never a client's or a person's. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Who is asking, and until when. Passed down every call; never the HTTP request. */
export interface Call {
  /** Also the reference in error texts and log lines. */
  readonly requestId: string;
  readonly actor: string;
  /** Aborts when the client hangs up or the deadline passes; a backend stops work it can stop. */
  readonly signal: AbortSignal;
  /** The call of the request that this is one of several operations of. */
  readonly whole?: Call;
  /** Absent from calls of our own. */
  readonly client?: Client;
  /** Where the store tells what it writes. Set when an operation begins of which a record is kept. */
  trail?: Trail;
}

/**
 * All entitlements of one type, as resources with `displayName` and perhaps `description`. Ids and names are stable: Okta
 * takes them once (docs/entitlements.md). What it costs does not grow with the number of people.
 */
export interface Catalogue {
  /** Those of `ids` that exist, by id: one question however many they are. @throws unavailable */
  find(call: Call, ids: readonly string[]): Promise<ReadonlyMap<string, Resource>>;
  /** In a stable order. Paths in the filter are bound to `displayName`, `description` and what all resources have. @throws unavailable */
  list(call: Call, query: Pick<Query, 'filter' | 'offset' | 'limit'>): Promise<Page>;
}

/**
 * The contract with every store of people. Methods throw `ScimError` with a documented reason, or let the unknown
 * escape (a bug, answered 500). A failure of the store is `unavailable`, never a short list.
 *
 * `create` and `modify` receive attributes that the schema has accepted. `members` arrive as `{ value: id }` only;
 * the backend answers with `display` and `type` filled in. References (`members`, `manager.managerId`) that lead
 * nowhere are `invalidValue`, found before anything is written.
 */
export interface Backend {
  readonly capabilities: Capabilities;
  /** Connects, migrates and proves access. Called once, first. @throws unavailable */
  open(): Promise<void>;
  /** Finishes what runs and releases everything. Safe to call twice. */
  close(): Promise<void>;
  /** Cheap proof that the store answers, for `/readyz`. @throws unavailable */
  ping(): Promise<void>;
  /**
   * @param attributes  may hold `password`, the only way it ever travels
   * @param read  what the answer shall hold
   * @throws uniqueness, invalidValue, unavailable
   */
  create(call: Call, type: ResourceType, attributes: Attributes, read?: Read): Promise<Resource>;
  /** Never holds a write-only attribute such as `password`. @throws notFound, unavailable */
  get(call: Call, type: ResourceType, id: string, read?: Read): Promise<Resource>;
  /** Pages of one query are disjoint and, while nothing is written, complete: the order is immutable. @throws unavailable */
  list(call: Call, type: ResourceType, query: Query): Promise<Page>;
  /**
   * Applies `changes` all together or not at all. Where all of it is so already, version and times stay as they are, and
   * the answer says `unchanged`.
   *
   * `add` and `remove` of `members` come from whoever does not know the membership: to add a member, and to remove who is
   * none, changes nothing. A store carries a few of them out without reading who else is in the group, however large.
   * @param from  the reading that the changes were worked out from, with or without `members`. When the resource has
   * another version by now nothing is changed. Absent: whatever is there is changed.
   * @param read  what the answer shall hold: a store reads no members that are not asked for
   * @throws notFound, uniqueness, invalidValue, versionMismatch, unavailable
   */
  modify(
    call: Call,
    type: ResourceType,
    id: string,
    changes: readonly Change[],
    from?: Resource,
    read?: Read,
  ): Promise<Changed>;
  /**
   * Whether `modify` with these changes would change anything. A store that keeps less than a client says (labels of
   * addresses, say) may already hold all that it would hold afterwards. Writes nothing.
   * @throws notFound, invalidValue, unavailable
   */
  wouldChange(call: Call, type: ResourceType, id: string, changes: readonly Change[]): Promise<boolean>;
  /**
   * What a client sent, in the terms in which this store is going to show it: types of addresses and numbers may be the
   * store's own, and two attributes kept in one place have one value. @throws notImplemented, unavailable
   */
  asKept(type: ResourceType, attributes: Attributes): Attributes;
  /** Names of attributes whose values this store has no place for, and would drop. @throws notImplemented, unavailable */
  dropped(type: ResourceType, attributes: Attributes): readonly string[];
  /**
   * Also removes it from every group.
   * @param from  as in `modify`
   * @throws notFound, versionMismatch, unavailable
   */
  delete(call: Call, type: ResourceType, id: string, from?: Resource): Promise<void>;
  /**
   * A type as far as this store keeps it, for whoever asks what there is: attributes that have no place are left out, what
   * is never written is read-only. Absent: all of it.
   */
  readonly kept?: ((type: ResourceType) => ResourceType) | undefined;
  /** The entitlements of a type that the store itself knows. Absent: it knows none. @throws notImplemented  not of this type */
  readonly catalogue?: ((type: EntitlementType) => Catalogue) | undefined;
  /** Of a store whose transactions hold the record of a change beside it. Absent: writes are told to `Trail.intend`. */
  readonly outbox?: Outbox;
  /** Of a store that other connectors write to as well, while it is open: what they have left in theirs. */
  readonly left?: LeftOutboxes;
  /** Looks whether an intended write, perhaps of an earlier process, came about. Writes nothing. @throws unavailable */
  settle?(write: IntendedWrite, signal: AbortSignal): Promise<Settlement>;
  /** What it is busy with, read without asking anybody. Never throws, also before `open` and after `close`. */
  gauges?(): readonly Gauge[];
}
