import { setTimeout as pause } from 'node:timers/promises';
import type { Bounds } from '../pruning.ts';
import type { SharedJournal } from './shared-journal.ts';

/** How often old records are looked for, by each of the connectors. Unit: ms. */
const EVERY = 60_000;
/** Between two slices: those who write go first. Unit: ms. */
const PAUSE = 50;
const DEADLINE = 10_000;

/** Takes old records away from what connectors share, a slice at a time, while no other does. */
export class SharedPruning {
  readonly #shared: Pick<SharedJournal, 'prune'>;
  readonly #bounds: Bounds;
  readonly #closing = new AbortController();

  constructor(shared: Pick<SharedJournal, 'prune'>, bounds: Bounds) {
    this.#shared = shared;
    this.#bounds = bounds;
    void this.#go();
  }

  close(): void {
    this.#closing.abort();
  }

  async #go(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const isMore = await this.#slice();
      await pause(isMore ? PAUSE : EVERY, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #slice(): Promise<boolean> {
    try {
      const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(DEADLINE)]);
      return (await this.#shared.prune({ signal }, this.#bounds.maxAge, this.#bounds.maxSize)) > 0;
    } catch {
      // What stands in the way is met, and told, when the next record is copied.
      return false;
    }
  }
}
