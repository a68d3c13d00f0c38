import type { Gauge } from '../backend/backend.ts';
import { Gate } from './gate.ts';
import type { Hold, Ledger } from './ledger.ts';
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
  holds(): readonly Hold[] {
    return this.#options.ledger.holds();
  }

  /** @param apps  that are served now */
  gauges(apps: readonly string[]): readonly Gauge[] {
    return apps.flatMap((app) => this.#gates.get(app)?.gauges() ?? []);
  }

  /** @throws Error in plain words */
  prune(): void {
    this.#options.ledger.prune();
  }

  close(): void {
    this.#options.ledger.close();
  }
}
