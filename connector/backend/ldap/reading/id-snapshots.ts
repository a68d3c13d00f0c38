import { LRUCache } from 'lru-cache';
import type { PackedIds } from '../mapping/entry-id.ts';

interface Snapshot {
  readonly ids: PackedIds;
  /** Unit: ms, monotonic. */
  readonly made: number;
  /** How many writes of ours there were before. */
  readonly writes: number;
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

/** A total that is this old is still told, when nothing but the total is asked for. Unit: ms. */
const TOTAL_AGE = 10_000;

/**
 * Remembers the ids of one search, so that page n+1 continues page n over a protocol that can only read forward
 * (RFC 2696 has no offset).
 *
 * The order is that of the immutable ids, so a snapshot is only a cache: another instance, or this one after a
 * restart, computes the same one.
 */
export class IdSnapshots {
  readonly #byKey: LRUCache<string, Snapshot>;
  #writes = 0;

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

  /** What is young enough for its total to be told. */
  recent(key: string): PackedIds | undefined {
    const snapshot = this.#byKey.peek(key);
    const isRecent = snapshot?.writes === this.#writes && performance.now() - snapshot.made <= TOTAL_AGE;
    return isRecent ? this.get(key) : undefined;
  }

  put(key: string, ids: PackedIds): void {
    this.#byKey.set(key, { ids, made: performance.now(), writes: this.#writes });
  }

  /** After a change of ours totals are counted anew. */
  forgetTotals(): void {
    this.#writes += 1;
  }
}
