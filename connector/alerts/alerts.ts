import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { EventName } from '../log/event.ts';
import type { Log } from '../log/log.ts';
import type { HeardEvent } from '../log/overheard.ts';
import type { Channel } from './channel.ts';
import { Courier } from './courier.ts';
import { Ledger, type LedgerOptions } from './ledger.ts';

export interface AlertsOptions extends LedgerOptions {
  readonly channels: readonly Channel[];
  readonly log: Log;
  /** How long others of the same moment are waited for. Unit: ms. */
  readonly gather?: number;
}

const GATHER = 2000;
/** Longest a timer of Node's can be. Unit: ms. */
const LONGEST = 2 ** 31 - 1;

/** ms since 1970; a clock that is set changes nothing. */
const now = (): number => performance.timeOrigin + performance.now();

/** Hears events and tells of those that are alerts, through every channel. Nobody waits for it. */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #ledger: Ledger;
  readonly #couriers: readonly Courier[];
  #timer: NodeJS.Timeout | undefined;
  /** When it goes off. */
  #at = Number.POSITIVE_INFINITY;

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#ledger = new Ledger(options);
    this.#couriers = options.channels.map((channel) => new Courier({ channel, log: options.log }));
  }

  hear(event: HeardEvent): void {
    if (this.#couriers.length === 0) return;
    this.#ledger.hear(event, now());
    this.#wait();
  }

  /** It was seen again, which is not worth a line of the log. */
  seen(name: EventName, app?: string): void {
    this.#ledger.seen(name, app, now());
  }

  /** Sends what is due, and what waits once more. */
  async close(): Promise<void> {
    this.#send();
    clearTimeout(this.#timer);
    await Promise.all(this.#couriers.map((courier) => courier.close()));
  }

  #wait(): void {
    const { nextAt } = this.#ledger;
    if (nextAt === undefined) return;
    const { gather = GATHER } = this.#options;
    const at = Math.max(nextAt, now() + gather);
    // Events without end must not put it off for ever.
    if (at >= this.#at) return;
    clearTimeout(this.#timer);
    this.#at = at;
    this.#timer = setTimeout(() => this.#send(), Math.min(at - now(), LONGEST)).unref();
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#at = Number.POSITIVE_INFINITY;
    const alerts = this.#ledger.due(now());
    if (alerts.length > 0) {
      const message = { id: randomUUID(), time: new Date(now()).toISOString(), connector: hostname(), alerts };
      for (const courier of this.#couriers) courier.send(message);
    }
    this.#wait();
  }
}
