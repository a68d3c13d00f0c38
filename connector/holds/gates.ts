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

  constructor(options: GatesOptions) {
    this.#options = options;
  }

  of(app: string, limits: Limits): Gate {
    return new Gate({ ...this.#options, app, limits });
  }

  /** Open ones, of all apps. @throws Error in plain words */
  holds(): readonly Hold[] {
    return this.#options.ledger.holds();
  }

  /** @throws Error in plain words */
  prune(): void {
    this.#options.ledger.prune();
  }

  close(): void {
    this.#options.ledger.close();
  }
}
