/** The changes that are under way in a store that may be closed. */
export class Changes {
  readonly #running = new Set<Promise<unknown>>();
  readonly #refusal: () => Error;
  #isClosing = false;

  /** @param refusal  of whoever comes while it is being closed */
  constructor(refusal: () => Error) {
    this.#refusal = refusal;
  }

  /** Runs a change that `drain` waits for. @throws what `work` throws, or the refusal */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosing) throw this.#refusal();
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Takes no more, and waits for those under way. */
  async drain(): Promise<void> {
    this.#isClosing = true;
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }
}
