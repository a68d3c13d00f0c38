import type { Gauge } from '../backend/backend.ts';

/** What is watched of an app's store. */
export interface WatchedStore {
  readonly app: string;
  /** @throws unavailable */
  ping(): Promise<void>;
  gauges(): readonly Gauge[];
}

/** A store that takes longer is of no use to Okta either, and Prometheus waits 10 s. Unit: ms. */
const PATIENCE = 2000;

/** Whether stores answer, and what they say of themselves. */
export class Stores {
  readonly #stores: () => readonly WatchedStore[];
  /** Of a store that hangs there is one: looks do not heap up. */
  readonly #pings = new Map<string, Promise<boolean>>();

  readonly #patience: number;

  constructor(stores: () => readonly WatchedStore[], patience = PATIENCE) {
    this.#stores = stores;
    this.#patience = patience;
  }

  async gauges(): Promise<readonly Gauge[]> {
    const read = await Promise.all(this.#stores().map((store) => this.#read(store)));
    return read.flat();
  }

  async #read(store: WatchedStore): Promise<readonly Gauge[]> {
    const { app } = store;
    const up = await this.#answers(store);
    const own = store.gauges().map((gauge): Gauge => ({ ...gauge, labels: { app, ...gauge.labels } }));
    const help = 'Whether the directory or database answered within 2 s (1) or not (0)';
    return [{ name: 'backend_up', help, value: up ? 1 : 0, labels: { app } }, ...own];
  }

  #answers(store: WatchedStore): Promise<boolean> {
    const { app } = store;
    const ping = this.#pings.get(app) ?? this.#ping(store);
    this.#pings.set(app, ping);
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), this.#patience);
    return Promise.race([ping, late]).finally(() => clearTimeout(timer));
  }

  #ping(store: WatchedStore): Promise<boolean> {
    return store
      .ping()
      .then(
        () => true,
        () => false,
      )
      .finally(() => this.#pings.delete(store.app));
  }
}
