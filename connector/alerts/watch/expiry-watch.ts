import { type EventName, logEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';

/** Something that ends. */
export interface Ending {
  readonly name: string;
  /** Unit: ms since 1970. */
  readonly at: number;
}

export interface ExpiryWatchOptions {
  readonly log: Log;
  /** Ends soon, has ended, neither any more. */
  readonly events: readonly [soon: EventName, ended: EventName, good: EventName];
  /** How long before the end it is told, and how long after it. Unit: ms. */
  readonly margin: number;
  /** @throws Error they cannot be read: nothing is said then */
  readonly endings: () => readonly Ending[];
  /** Unit: ms since 1970. */
  readonly now?: () => number;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const listed = (endings: readonly Ending[]): string => endings.map(({ name, at }) => `${name} (${day(at)})`).join(', ');

/** Tells once what ends soon or has ended, and again when that changes. */
export class ExpiryWatch {
  readonly #options: ExpiryWatchOptions;
  #said = '';

  constructor(options: ExpiryWatchOptions) {
    this.#options = options;
  }

  /** To be called now and then. */
  look(): void {
    const { log, margin, events, now = Date.now } = this.#options;
    const at = now();
    let near: readonly Ending[];
    try {
      near = this.#options.endings().filter((ending) => ending.at < at + margin && ending.at > at - margin);
    } catch {
      // Whoever uses them says so.
      return;
    }
    const ended = near.filter((ending) => ending.at <= at);
    const soon = near.filter((ending) => ending.at > at);
    const saying = `${listed(ended)}; ${listed(soon)}`;
    if (saying === this.#said || (this.#said === '' && near.length === 0)) return;
    const wasTold = this.#said !== '';
    this.#said = near.length === 0 ? '' : saying;
    const [endsSoon, hasEnded, good] = events;
    if (wasTold) logEvent(log, good);
    if (ended.length > 0) logEvent(log, hasEnded, {}, `has ended: ${listed(ended)}`);
    if (soon.length > 0) logEvent(log, endsSoon, {}, `ends soon: ${listed(soon)}`);
  }
}
