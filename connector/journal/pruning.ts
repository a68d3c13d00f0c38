import type { JournalStore } from './journal-store.ts';

export interface Bounds {
  /** Unit: ms. */
  readonly maxAge: number;
  /** Unit: bytes. */
  readonly maxSize: number;
}

/** How often old records are looked for. Unit: ms. */
const EVERY = 1000;
/** Between two slices: those who wait for an answer go first. Unit: ms. */
const PAUSE = 20;

/** Takes old records away, a slice at a time. */
export class Pruning {
  readonly #store: () => JournalStore | undefined;
  readonly #bounds: Bounds;
  #timer: NodeJS.Timeout;

  /** @param store  undefined while it cannot be written */
  constructor(store: () => JournalStore | undefined, bounds: Bounds) {
    this.#store = store;
    this.#bounds = bounds;
    this.#timer = this.#after(EVERY);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #after(delay: number): NodeJS.Timeout {
    return setTimeout(() => this.#slice(), delay).unref();
  }

  #slice(): void {
    this.#timer = this.#after(this.#prune() ? PAUSE : EVERY);
  }

  /** @returns whether there may be more */
  #prune(): boolean {
    try {
      return (this.#store()?.prune(this.#bounds.maxAge, this.#bounds.maxSize) ?? 0) > 0;
    } catch {
      // What stands in the way is met, and told, when the next record is written.
      return false;
    }
  }
}
