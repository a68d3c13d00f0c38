import { LRUCache } from 'lru-cache';
import type { PackedIds } from '../mapping/packed-ids.ts';

/** How many writes of ours there have been. */
export interface Writes {
  readonly all: number;
  /** Creates and deletes: others change no list without a filter. */
  readonly comings: number;
}

interface Snapshot {
  readonly ids: PackedIds;
  /** Unit: ms, monotonic. */
  readonly made: number;
  /** Before it was read. */
  readonly writes: Writes;
  /** Where the pages begin that would follow those we gave. */
  readonly next: Set<number>;
}

/** A list that a first page may be answered from. */
export interface RecentList {
  readonly ids: PackedIds;
  /** Unit: ms. */
  readonly age: number;
}

export interface SnapshotLimits {
  /** How long a snapshot lives after its last use. Unit: ms. */
  readonly ttl: number;
  readonly count: number;
  /** Unit: bytes, of all together. */
  readonly size: number;
}

/** Of the memory that snapshots take; how long they live is a setting. */
export const SNAPSHOT_LIMITS: Omit<SnapshotLimits, 'ttl'> = { count: 100, size: 128 * 1024 * 1024 };

/** Imports of one list at the same time, whose next pages are awaited. */
const MOST_AWAITED = 64;

/** What is this old is still told to who asks for a total or a few (docs/directories.md, Lists). Unit: ms. */
const RECENT = 60_000;

/**
 * Remembers the ids of one search, so that page n+1 continues page n over a protocol that can only read forward
 * (RFC 2696 has no offset).
 *
 * The order is that of the immutable ids, so that another instance, or this one after a restart, computes the same one as long as
 * nobody comes or goes. Pages of one import may come to several instances: a page that does not follow one of ours is never
 * answered from what an earlier import left here.
 */
export class IdSnapshots {
  readonly #byKey: LRUCache<string, Snapshot>;
  readonly #renewing = new Set<string>();
  #writes: Writes = { all: 0, comings: 0 };

  constructor({ ttl, count, size }: SnapshotLimits) {
    this.#byKey = new LRUCache({
      ttl,
      ttlResolution: 0,
      updateAgeOnGet: true,
      max: count,
      maxSize: size,
      sizeCalculation: ({ ids }) => Math.max(1, ids.size),
    });
  }

  get(key: string): PackedIds | undefined {
    return this.#byKey.get(key)?.ids;
  }

  /** For the page from `offset` on: what the page before it was taken from, by us, or what is young. */
  resumed(key: string, offset: number): PackedIds | undefined {
    const snapshot = this.#byKey.peek(key);
    if (!snapshot) return undefined;
    const follows = snapshot.next.delete(offset);
    return follows || performance.now() - snapshot.made <= RECENT ? this.get(key) : undefined;
  }

  /** A page was taken from it, and the next one begins there. */
  served(key: string, next: number): void {
    const awaited = this.#byKey.peek(key)?.next;
    if (!awaited) return;
    const [oldest] = awaited;
    if (awaited.size >= MOST_AWAITED && oldest !== undefined) awaited.delete(oldest);
    awaited.add(next);
  }

  /** To be asked before a list is read. */
  get writes(): Writes {
    return this.#writes;
  }

  /** What is young enough to be told, unless there were writes of ours since. */
  recent(key: string, kind: keyof Writes): RecentList | undefined {
    const snapshot = this.#byKey.peek(key);
    if (!snapshot || snapshot.writes[kind] !== this.#writes[kind]) return undefined;
    const age = performance.now() - snapshot.made;
    if (age > RECENT) return undefined;
    this.get(key);
    return { ids: snapshot.ids, age };
  }

  /** @param writes  as they were before `ids` were read: of a write in between nobody knows whether it is in them */
  put(key: string, ids: PackedIds, writes: Writes): void {
    this.#byKey.set(key, { ids, made: performance.now(), writes, next: new Set() });
  }

  /** Nobody is going to ask for it again. */
  drop(key: string): void {
    this.#byKey.delete(key);
  }

  /** Reads a list beside the work, unless that is being done already. What fails is tried again by who needs it. */
  renew(key: string, read: () => Promise<unknown>): void {
    if (this.#renewing.has(key)) return;
    this.#renewing.add(key);
    read()
      .catch(() => {})
      .finally(() => this.#renewing.delete(key));
  }

  /** After a write of ours totals are counted anew. */
  written(): void {
    const { all, comings } = this.#writes;
    this.#writes = { all: all + 1, comings };
  }

  /** After a create or a delete of ours, confirmed or not. */
  cameOrWent(): void {
    const { all, comings } = this.#writes;
    this.#writes = { all: all + 1, comings: comings + 1 };
  }
}
