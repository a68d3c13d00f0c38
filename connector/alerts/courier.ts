import { logEvent } from '../log/event.ts';
import type { Log } from '../log/log.ts';
import type { Message } from './alert.ts';
import { type Channel, DeliveryError } from './channel.ts';

export interface CourierOptions {
  readonly channel: Channel;
  readonly log: Log;
  /** How long is waited before a message is sent again. Unit: ms. */
  readonly delays?: readonly number[];
}

const DELAYS = [2000, 10_000, 60_000, 300_000, 900_000];
/** Messages that wait; the oldest goes. */
const MOST_WAITING = 20;

/** Unit: ms. */
const LAST_PATIENCE = 3000;

/** Brings messages through one channel, in their order, one at a time, and again when that may help. */
export class Courier {
  readonly #options: CourierOptions;
  readonly #waiting: Message[] = [];
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #closed = false;
  readonly #nobody = new AbortController();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Never throws, and keeps nobody waiting. */
  send(message: Message): void {
    if (this.#closed) return;
    this.#waiting.push(message);
    // The first is on its way.
    if (this.#waiting.length > MOST_WAITING) this.#lose(this.#waiting.splice(1, 1), 'too many wait');
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Tries what waits once more, for a few seconds. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake?.();
    const { promise: enough, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LAST_PATIENCE);
    await Promise.race([this.#running, enough]);
    clearTimeout(timer);
    this.#waiting.length = 0;
    this.#nobody.abort();
  }

  async #run(): Promise<void> {
    for (let [message] = this.#waiting; message !== undefined; [message] = this.#waiting) {
      await this.#bring(message);
      this.#waiting.shift();
    }
  }

  async #bring(message: Message): Promise<void> {
    const { channel, delays = DELAYS } = this.#options;
    for (let attempt = 0; ; attempt += 1)
      try {
        await channel.send(message, this.#nobody.signal);
        return;
      } catch (error) {
        const delay = error instanceof DeliveryError && error.passing && !this.#closed ? delays[attempt] : undefined;
        if (delay === undefined) return this.#lose([message], error instanceof Error ? error.message : String(error));
        await this.#rest(delay);
      }
  }

  #rest(delay: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delay).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #lose(messages: readonly Message[], why: string): void {
    const { channel, log } = this.#options;
    const alerts = messages.reduce((sum, message) => sum + message.alerts.length, 0);
    logEvent(log, 'alertLost', { channel: channel.name, alerts, detail: why });
  }
}
