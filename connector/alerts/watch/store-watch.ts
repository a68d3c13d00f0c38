import { logEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';

/** A store that can be asked whether it answers. */
export interface Watched {
  readonly app: string;
  /** @throws Error it cannot be reached */
  ping(): Promise<void>;
}

export interface StoreWatchOptions {
  readonly log: Log;
  /** Those that are served now. */
  readonly stores: () => readonly Watched[];
  /** A store that has failed once is asked again after this. Unit: ms. */
  readonly doubt?: number;
}

interface State {
  /** Times it did not answer, one after the other. */
  failures: number;
  isDown: boolean;
  isAsked: boolean;
  timer?: NodeJS.Timeout;
}

/** It is down when it does not answer twice. */
const FAILURES = 2;
const DOUBT = 10_000;

// Quoted may be what a client sent.
const withoutValues = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/"[^"]*"/g, '"…"');

/** Whether the stores of the apps answer: asked now and then, and at once where an operation could not reach it. */
export class StoreWatch {
  readonly #options: StoreWatchOptions;
  readonly #states = new Map<string, State>();
  #closed = false;

  constructor(options: StoreWatchOptions) {
    this.#options = options;
  }

  /** Asks all. */
  async look(): Promise<void> {
    const stores = this.#options.stores();
    for (const [app, { timer }] of this.#states)
      if (!stores.some((store) => store.app === app)) {
        clearTimeout(timer);
        this.#states.delete(app);
      }
    await Promise.all(stores.map((store) => this.#ask(store)));
  }

  /** An operation could not reach it. */
  suspect(app: string): void {
    const state = this.#states.get(app);
    // It is being watched already.
    if (state?.timer !== undefined || state?.isAsked) return;
    this.#askAgain(app);
  }

  isDown(app: string): boolean {
    return this.#states.get(app)?.isDown ?? false;
  }

  close(): void {
    this.#closed = true;
    for (const { timer } of this.#states.values()) clearTimeout(timer);
  }

  #askAgain(app: string): void {
    const store = this.#options.stores().find((one) => one.app === app);
    if (store) void this.#ask(store);
  }

  async #ask(store: Watched): Promise<void> {
    const state = this.#stateOf(store.app);
    if (state.isAsked || this.#closed) return;
    state.isAsked = true;
    clearTimeout(state.timer);
    delete state.timer;
    try {
      await store.ping();
      this.#answered(store.app, state);
    } catch (error) {
      this.#silent(store.app, state, error);
    } finally {
      state.isAsked = false;
    }
  }

  #answered(app: string, state: State): void {
    state.failures = 0;
    if (!state.isDown) return;
    state.isDown = false;
    logEvent(this.#options.log, 'backendUp', { app });
  }

  #silent(app: string, state: State, error: unknown): void {
    if (this.#closed) return;
    state.failures += 1;
    state.timer = setTimeout(() => this.#askAgain(app), this.#options.doubt ?? DOUBT).unref();
    if (state.isDown || state.failures < FAILURES) return;
    state.isDown = true;
    const detail = withoutValues(error);
    logEvent(this.#options.log, 'backendDown', { app, detail }, `the backend cannot be reached: ${detail}`);
  }

  #stateOf(app: string): State {
    const state = this.#states.get(app) ?? { failures: 0, isDown: false, isAsked: false };
    this.#states.set(app, state);
    return state;
  }
}
