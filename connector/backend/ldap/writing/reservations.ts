/** Names and numbers that creates of this process are about to use, and how far numbers have been given out. */
export class Reservations {
  readonly #taken = new Set<string>();
  readonly #last = new Map<string, number>();

  /** @returns false when another create has it */
  take(key: string): boolean {
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }

  release(key: string): void {
    this.#taken.delete(key);
  }

  /** The last number of a line of the configuration that was given out. */
  last(setting: string): number | undefined {
    return this.#last.get(setting);
  }

  reached(setting: string, number: number): void {
    this.#last.set(setting, number);
  }
}
