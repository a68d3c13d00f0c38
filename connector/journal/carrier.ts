import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Outbox, OutboxItem } from '../backend/trail.ts';
import { Carriage, type Place } from './carriage.ts';
import { type Entry, readEntry } from './entry.ts';

/** Items that are read and written at once: a few ms. */
const SLICE = 200;

/** Takes what is in outboxes to the journal, and tells them what may go. */
export class Carrier {
  readonly #carriages = new WeakMap<Outbox, Carriage>();
  /** Outboxes in which there is something that is nowhere else. */
  readonly #toEmpty = new Set<Outbox>();
  readonly #write: (carried: readonly Entry[], places: readonly Place[]) => boolean;
  #lost = 0;

  /** @param write  returns whether they are in the journal; calls `safe` when they survive a power cut */
  constructor(write: (carried: readonly Entry[], places: readonly Place[]) => boolean) {
    this.#write = write;
  }

  /** Records that are nowhere any more. */
  get lost(): number {
    return this.#lost;
  }

  /** A record is about to be put into an outbox. */
  put({ outbox, seq }: Place, size: number): void {
    this.#lost += this.#of(outbox).put(seq, size);
  }

  safe(places: readonly Place[]): void {
    for (const { outbox, seq } of places) this.#of(outbox).safe(seq);
  }

  /** They are no longer in memory, and not safely in the journal. */
  leave(places: readonly Place[]): void {
    for (const { outbox, seq } of places) {
      if (this.#of(outbox).leave(seq)) this.#toEmpty.add(outbox);
      else this.#lost += 1;
    }
  }

  /** An outbox that has just been opened: what an earlier process left there is carried. Resolves when as much as can be is. */
  async open(outbox: Outbox): Promise<void> {
    const carriage = this.#of(outbox);
    for await (const items of slicesOf(outbox)) {
      for (const { seq, text } of items) this.#lost += carriage.put(seq, text.length, 'left');
      this.#toEmpty.add(outbox);
    }
    await this.empty();
  }

  /** Carries what is in outboxes alone. */
  async empty(): Promise<void> {
    for (const outbox of [...this.#toEmpty]) {
      this.#toEmpty.delete(outbox);
      if (!(await this.#empty(outbox))) this.#toEmpty.add(outbox);
    }
  }

  /** @returns whether nothing is left there alone */
  async #empty(outbox: Outbox): Promise<boolean> {
    const carriage = this.#of(outbox);
    const first = (carriage.left[0] ?? 0) - 1;
    for await (const items of slicesOf(outbox, first)) {
      // As it is now: while the store was asked, others may have taken some of them.
      const ours = items.filter(({ seq }) => carriage.isLeft(seq));
      const places = ours.map(({ seq }) => ({ outbox, seq }));
      for (const { outbox: one, seq } of places) this.#of(one).move(seq);
      if (this.#write(ours.flatMap(entryOf), places)) continue;
      this.leave(places);
      return false;
    }
    return true;
  }

  #of(outbox: Outbox): Carriage {
    const carriage = this.#carriages.get(outbox) ?? new Carriage(outbox);
    this.#carriages.set(outbox, carriage);
    return carriage;
  }
}

async function* slicesOf(outbox: Outbox, first = 0): AsyncGenerator<readonly OutboxItem[]> {
  for (let after = first; ; ) {
    const items = await waiting(outbox, after);
    if (items.length > 0) yield items;
    after = items.at(-1)?.seq ?? after;
    if (items.length < SLICE) return;
    await nextTurn();
  }
}

/** Of a store that has been closed meanwhile nothing: it is looked at when it is opened again. */
async function waiting(outbox: Outbox, after: number): Promise<readonly OutboxItem[]> {
  try {
    return await outbox.waiting(SLICE, after);
  } catch {
    return [];
  }
}

/** A text that is no record would stay in the way of all others. */
function entryOf({ text }: OutboxItem): readonly Entry[] {
  try {
    return [readEntry(text)];
  } catch {
    return [];
  }
}
