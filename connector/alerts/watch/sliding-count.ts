const PARTS = 10;

/** How often something was seen within the last while, to a tenth of it. */
export class SlidingCount {
  readonly #part: number;
  readonly #counts: number[] = new Array(PARTS).fill(0);
  #newest = 0;

  /** @param window  unit: ms */
  constructor(window: number) {
    this.#part = window / PARTS;
  }

  /** @param now  unit: ms, from any start; never less than before */
  add(now: number): void {
    this.#forget(now);
    const at = this.#newest % PARTS;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  count(now: number): number {
    this.#forget(now);
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  #forget(now: number): void {
    const newest = Math.floor(now / this.#part);
    const from = Math.max(this.#newest + 1, newest - PARTS + 1);
    for (let part = from; part <= newest; part += 1) this.#counts[part % PARTS] = 0;
    this.#newest = Math.max(this.#newest, newest);
  }
}
