import type { NewIntent } from './journal-store.ts';

/** An intent that somebody waits for. */
export interface Announced {
  readonly intent: NewIntent;
  readonly resolve: (name: number | undefined) => void;
}

/** Intents before their writes are sent. All that come while the disk is waited for share the next commit. */
export class Announcements {
  readonly #flush: () => void;
  readonly #sync: () => Promise<void>;
  #waiting: Announced[] = [];
  #securing: Promise<void> | undefined;
  #soon = false;

  /**
   * @param flush  has those that wait written
   * @param sync  resolves once what is written is safe from a power cut
   */
  constructor(flush: () => void, sync: () => Promise<void>) {
    this.#flush = flush;
    this.#sync = sync;
  }

  /** Resolves with its name once it is safe from a power cut; with nothing when it could not be kept. */
  add(intent: NewIntent): Promise<number | undefined> {
    return new Promise((resolve) => {
      this.#waiting.push({ intent, resolve });
      this.#flushSoon();
    });
  }

  /** Those to be written now. */
  take(): readonly Announced[] {
    this.#soon = false;
    return this.#waiting.splice(0);
  }

  /** They could not be written now. */
  putBack(announced: readonly Announced[]): void {
    this.#waiting.unshift(...announced);
  }

  /** Lets them go once they are safe. @param names  as they were written; absent when they could not be */
  async secure(announced: readonly Announced[], names: readonly number[] | undefined): Promise<void> {
    if (announced.length === 0) return;
    const before = this.#securing;
    const securing = (async () => {
      await before;
      const isSafe = names !== undefined && (await this.#isSynced());
      for (const [index, { resolve }] of announced.entries()) resolve(isSafe ? names[index] : undefined);
    })();
    this.#securing = securing;
    await securing;
    if (this.#securing === securing) this.#securing = undefined;
    if (this.#waiting.length > 0) this.#flushSoon();
  }

  /** Resolves once nobody of those that were written waits any more. */
  async rest(): Promise<void> {
    await this.#securing;
  }

  async #isSynced(): Promise<boolean> {
    try {
      await this.#sync();
      return true;
    } catch {
      return false;
    }
  }

  #flushSoon(): void {
    if (this.#soon || this.#securing) return;
    this.#soon = true;
    setImmediate(() => this.#flush());
  }
}
