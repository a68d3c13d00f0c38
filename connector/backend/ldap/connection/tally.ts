import type { SentKind, ServerStanding } from '../directory/standing.ts';

/** How many requests were sent, and how many of them failed. */
export class Tally {
  readonly #counts: Partial<Record<SentKind, { done: number; failed: number }>> = {};

  add(kind: SentKind, outcome: 'done' | 'failed'): void {
    this.#counts[kind] ??= { done: 0, failed: 0 };
    this.#counts[kind][outcome] += 1;
  }

  /** @throws whatever `send` throws */
  async count<T>(kind: SentKind, send: () => Promise<T>): Promise<T> {
    try {
      const result = await send();
      this.add(kind, 'done');
      return result;
    } catch (error) {
      this.add(kind, 'failed');
      throw error;
    }
  }

  get counts(): ServerStanding['sent'] {
    return this.#counts;
  }
}
