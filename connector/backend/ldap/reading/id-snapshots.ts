import type { PackedIds } from '../mapping/entry-id.ts';

interface Snapshot {
  readonly ids: PackedIds;
  /** Unit of both: ms, monotonic. */
  readonly made: number;
  until: number;
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

/**
 * Remembers the ids of one search, so that page n+1 continues page n over a protocol that can only read forward
 * (RFC 2696 has no offset).
 *
 * The order is that of the immutable ids, so a snapshot is only a cache: another instance, or this one after a
 * restart, computes the same one.
 */
export class IdSnapshots {
  readonly #limits: SnapshotLimits;
  readonly #byKey = new Map<string, Snapshot>();
  #size = 0;

  constructor(limits: SnapshotLimits) {
    this.#limits = limits;
  }

  /** @param youngerThan  Unit: ms */
  get(key: string, youngerThan = Number.POSITIVE_INFINITY): PackedIds | undefined {
    const snapshot = this.#byKey.get(key);
    const now = performance.now();
    if (!snapshot || now - snapshot.made > youngerThan) return undefined;
    this.#drop(key);
    if (snapshot.until < now) return undefined;
    snapshot.until = now + this.#limits.ttl;
    this.#add(key, snapshot);
    return snapshot.ids;
  }

  put(key: string, ids: PackedIds): void {
    const now = performance.now();
    this.#drop(key);
    this.#add(key, { ids, made: now, until: now + this.#limits.ttl });
    // The least recently used go first.
    for (const oldest of [...this.#byKey.keys()]) {
      if (this.#byKey.size <= this.#limits.count && this.#size <= this.#limits.size) break;
      this.#drop(oldest);
    }
  }

  #add(key: string, snapshot: Snapshot): void {
    this.#byKey.set(key, snapshot);
    this.#size += snapshot.ids.size;
  }

  #drop(key: string): void {
    const snapshot = this.#byKey.get(key);
    if (!snapshot) return;
    this.#byKey.delete(key);
    this.#size -= snapshot.ids.size;
  }
}
