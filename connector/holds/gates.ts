import type { Gauge } from '../backend/backend.ts';
import { Gate } from './gate.ts';
import type { Caller, Hold, Ledger, Soon } from './ledger.ts';
import type { Limits } from './limits.ts';

export interface GatesOptions {
  readonly ledger: Ledger;
  /** Is told of a hold that this process has tripped. */
  readonly onTrip?: (hold: Hold) => void;
  /** Unit: ms since 1970. */
  readonly now?: () => number;
}

/** What the writes of a connector's apps pass: each app for itself, whatever store it shares. */
export class Gates {
  readonly #options: GatesOptions;
  /** By app. */
  readonly #gates = new Map<string, Gate>();

  constructor(options: GatesOptions) {
    this.#options = options;
  }

  of(app: string, limits: Limits): Gate {
    const gate = new Gate({ ...this.#options, app, limits, held: this.#gates.get(app)?.held ?? 0 });
    this.#gates.set(app, gate);
    return gate;
  }

  /** Open ones, of all apps. @throws Error in plain words */
  holds(caller: Caller): Soon<readonly Hold[]> {
    return this.#options.ledger.holds(caller);
  }

  /** @param apps  that are served now */
  async gauges(caller: Caller, apps: readonly string[]): Promise<readonly Gauge[]> {
    return (await Promise.all(apps.map((app) => this.#gates.get(app)?.gauges(caller) ?? []))).flat();
  }

  /** @throws Error in plain words */
  async prune(caller: Caller): Promise<void> {
    await this.#options.ledger.prune(caller);
  }

  async close(): Promise<void> {
    await this.#options.ledger.close();
  }
}
