import { LRUCache } from 'lru-cache';

/** Unit: ms. */
const HOUR = 3_600_000;
/** Groups whose size is remembered. */
const MOST = 10_000;

/** How many people and groups there are, and how large groups are: counted once an hour at most. */
export class Population {
  readonly #now: () => number;
  readonly #sizes = new LRUCache<string, { readonly size: number; readonly at: number }>({ max: MOST });

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param scope  a plural, or the id of a group */
  size(scope: string): number | undefined {
    const known = this.#sizes.get(scope);
    return known && Math.abs(this.#now() - known.at) < HOUR ? known.size : undefined;
  }

  learn(scope: string, size: number): void {
    this.#sizes.set(scope, { size, at: this.#now() });
  }
}
