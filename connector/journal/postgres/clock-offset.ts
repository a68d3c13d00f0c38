/** Answers whose clock is known, and for how long one of them tells anything: clocks drift, and are set. Unit of the second: ms. */
const MOST = 32;
const LEAST = 3;
const LASTS = 600_000;

/**
 * How far the database's clock is before this machine's. An answer that was long on its way makes it seem further: so the
 * least of the last ones is nearest to the truth.
 */
export class ClockOffset {
  readonly #seen: { readonly at: number; readonly offset: number }[] = [];

  /** Unit: ms. 0 before anything is known. */
  get value(): number {
    return this.#seen.length === 0 ? 0 : Math.min(...this.#seen.map(({ offset }) => offset));
  }

  /** @param theirs  the database's clock @param sent  ours when it was asked; both in ms since 1970 */
  tell(theirs: number, sent: number): void {
    this.#seen.push({ at: sent, offset: theirs - sent });
    const from = sent - LASTS;
    while (this.#seen.length > MOST || (this.#seen[0]?.at ?? sent) < from) this.#seen.shift();
  }

  /** So little was asked, or so long ago, that it may be otherwise. */
  isVague(now: number): boolean {
    return this.#seen.length < LEAST || now - (this.#seen.at(-1)?.at ?? 0) > LASTS / 10;
  }
}
