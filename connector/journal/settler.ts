import { setTimeout as pause } from 'node:timers/promises';
import { AppSettler, type Look, type OpenOperation, type SettlerOptions } from './app-settler.ts';

const DEFAULTS = { patience: 10_000, shortPatience: 2_000, backOff: { first: 500, longest: 30_000 } };

/** Most that a write waits for one before it to be cleared up. Unit: ms. */
const LONGEST_WAIT = 5_000;

/** Finds out, beside the work, what became of writes whose end nobody has told (docs/journal.md). */
export class Settler {
  readonly #options: SettlerOptions;
  readonly #apps = new Map<string, AppSettler>();
  readonly #closing = new AbortController();

  /** @param tell  is told what became of an operation */
  constructor(tell: SettlerOptions['tell'], options: Partial<SettlerOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options, tell };
  }

  /** How many operations there are of which it is not known what became of them. */
  get size(): number {
    return [...this.#apps.values()].reduce((sum, { pending }) => sum + pending.size, 0);
  }

  take(operation: OpenOperation): void {
    const app = this.#of(operation.app);
    app.pending.add({ operation, over: Promise.withResolvers(), isUrgent: false });
    app.start();
  }

  /** The store of an app is open, or another one has taken its place. */
  serve(name: string, look: Look): void {
    const app = this.#of(name);
    app.look = look;
    app.start();
  }

  /** Resolves when `subject` may be written again without hiding what became of it; soon, in any case. */
  async clear(name: string, subject: string | undefined, signal: AbortSignal): Promise<void> {
    const app = this.#apps.get(name);
    const before = [...(app?.pending ?? [])].filter(({ operation: { writes } }) =>
      writes.some(({ write, outcome }) => outcome === undefined && write.subject === subject),
    );
    if (!app || subject === undefined || before.length === 0) return;
    for (const one of before) one.isUrgent = true;
    app.start();
    const limit = AbortSignal.any([signal, this.#closing.signal]);
    await Promise.race([
      Promise.all(before.map(({ over }) => over.promise)),
      pause(LONGEST_WAIT, undefined, { signal: limit, ref: false }).catch(() => {}),
    ]);
  }

  close(): void {
    this.#closing.abort();
  }

  #of(name: string): AppSettler {
    const known = this.#apps.get(name);
    if (known) return known;
    const app = new AppSettler(this.#options, this.#closing.signal);
    this.#apps.set(name, app);
    return app;
  }
}
