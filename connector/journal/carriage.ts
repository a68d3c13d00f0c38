import type { Outbox } from '../backend/trail.ts';

/** The number that a record has in the outbox of its store. */
export interface Place {
  readonly outbox: Outbox;
  readonly seq: number;
}

interface Item {
  readonly size: number;
  /** `moving`: in memory or just written. `left`: in the outbox alone. `safe`: it may be dropped. */
  state: 'moving' | 'left' | 'safe';
}

/** Most that waits in one outbox for a journal that cannot be written. Unit of the second: characters. */
export const MOST_ITEMS = 20_000;
const MOST_CHARACTERS = 64 * 1024 * 1024;

/**
 * What of one outbox is on its way to the journal. Items are dropped from the oldest on, as far as all of them are safe:
 * what was told first is not always over first.
 */
export class Carriage {
  readonly #outbox: Outbox;
  /** By rising number. */
  readonly #items = new Map<number, Item>();
  #characters = 0;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** Numbers of those that are in the outbox alone, in order. */
  get left(): readonly number[] {
    return [...this.#items].filter(([, { state }]) => state === 'left').map(([seq]) => seq);
  }

  /**
   * An item has been put there.
   * @param size  of its text
   * @returns how many had to go for it that are nowhere else
   */
  put(seq: number, size: number, state: 'moving' | 'left' = 'moving'): number {
    this.#items.set(seq, { size, state });
    this.#characters += size;
    let lost = 0;
    for (const [oldest, item] of this.#items) {
      if (this.#items.size <= MOST_ITEMS && this.#characters <= MOST_CHARACTERS) break;
      if (item.state === 'left') lost += 1;
      this.#forget(oldest, item);
      this.#outbox.drop(oldest);
    }
    return lost;
  }

  /** Whether it is in the outbox alone. */
  isLeft(seq: number): boolean {
    return this.#items.get(seq)?.state === 'left';
  }

  /** The journal has it, or there is nothing to tell: it was undone. */
  safe(seq: number): void {
    const told = this.#items.get(seq);
    if (!told) return;
    told.state = 'safe';
    let last: number | undefined;
    for (const [oldest, item] of this.#items) {
      if (item.state !== 'safe') break;
      this.#forget(oldest, item);
      last = oldest;
    }
    if (last !== undefined) this.#outbox.drop(last);
  }

  /** It is no longer in memory. @returns whether it is still in the outbox */
  leave(seq: number): boolean {
    const item = this.#items.get(seq);
    if (item) item.state = 'left';
    return item !== undefined;
  }

  /** It is read out of the outbox. */
  move(seq: number): void {
    const item = this.#items.get(seq);
    if (item) item.state = 'moving';
  }

  #forget(seq: number, { size }: Item): void {
    this.#characters -= size;
    this.#items.delete(seq);
  }
}
