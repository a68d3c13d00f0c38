import { isIP } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { Attempt } from './attempt.ts';
import type { ThrottleExchange, ThrottleHearing } from './throttle-exchange.ts';

export interface ThrottleOptions {
  /** Failed attempts that are answered plainly within a window. */
  readonly limit?: number;
  /** Unit: ms. */
  readonly window?: number;
  /** Addresses remembered; the longest known goes first. */
  readonly capacity?: number;
  /** Unit: ms, from any start. */
  readonly now?: () => number;
  /** Other connectors that count the same together; absent: this one counts alone. */
  readonly exchange?: ThrottleExchange | undefined;
}

interface Failures {
  count: number;
  /** When counting starts anew. */
  until: number;
  /** When one beyond the limit was compared with what could be guessed. */
  compared: number;
}

/** How often an address that has failed too often and never succeeded may guess. Unit: ms. */
const GUESS_EVERY = 1000;

/**
 * Counts failed attempts by client address. A credential that nobody can guess is judged whatever is counted, so that
 * counting never stands in its way; and so is every one from where a good one has come.
 */
export class Throttle implements ThrottleHearing {
  readonly #limit: number;
  readonly #window: number;
  readonly #now: () => number;
  readonly #exchange: ThrottleExchange | undefined;
  readonly #failures: LRUCache<string, Failures>;
  readonly #succeeded: LRUCache<string, true>;

  constructor({
    limit = 10,
    window = 60_000,
    capacity = 10_000,
    now = () => performance.now(),
    exchange,
  }: ThrottleOptions = {}) {
    this.#exchange = exchange;
    this.#limit = limit;
    this.#window = window;
    this.#now = now;
    this.#failures = new LRUCache({ max: capacity });
    this.#succeeded = new LRUCache({ max: capacity });
  }

  /** @param app  a success counts for this one alone */
  attempt(address: string, app: string): Attempt {
    const isFirst = (): boolean => this.#failuresOf(address) === undefined;
    let may: boolean | undefined;
    return {
      get address() {
        return networkOf(address);
      },
      get isFirst() {
        return isFirst();
      },
      mayGuess: () => {
        may ??= this.#mayGuess(address, app);
        return may;
      },
    };
  }

  /** A good credential of `app` came from there. */
  succeed(address: string, app: string): void {
    const key = `${app} ${address}`;
    if (this.#succeeded.get(key) !== undefined) return;
    this.#succeeded.set(key, true);
    this.#exchange?.succeeded(app, address);
  }

  /** Counts a failure. Answers whole seconds to wait when there have been too many, and whether that is news. */
  fail(address: string): { readonly retryAfter: number; readonly first: boolean } | undefined {
    const key = networkOf(address);
    const now = this.#now();
    let failures = this.#failuresOf(address);
    if (failures === undefined) {
      failures = { count: 0, until: now + this.#window, compared: Number.NEGATIVE_INFINITY };
      this.#failures.set(key, failures);
    }
    failures.count += 1;
    this.#exchange?.failed(key);
    if (failures.count <= this.#limit) return undefined;
    return { retryAfter: Math.ceil((failures.until - now) / 1000), first: failures.count === this.#limit + 1 };
  }

  hearFailures(network: string, count: number, left: number): void {
    if (left <= 0) return;
    const until = this.#now() + left;
    const failures = this.#failures.peek(network);
    if (failures && failures.until > this.#now()) Object.assign(failures, { count, until });
    else this.#failures.set(network, { count, until, compared: Number.NEGATIVE_INFINITY });
  }

  hearSuccess(app: string, address: string): void {
    const key = `${app} ${address}`;
    if (!this.#succeeded.has(key)) this.#succeeded.set(key, true);
  }

  /** Those that still count. */
  #failuresOf(address: string): Failures | undefined {
    // Not `get`: who fails often is not to be remembered in place of others.
    const failures = this.#failures.peek(networkOf(address));
    return failures !== undefined && failures.until > this.#now() ? failures : undefined;
  }

  #mayGuess(address: string, app: string): boolean {
    const failures = this.#failuresOf(address);
    if (failures === undefined || failures.count < this.#limit || this.#succeeded.has(`${app} ${address}`)) return true;
    const now = this.#now();
    if (now - failures.compared < GUESS_EVERY) return false;
    failures.compared = now;
    return true;
  }
}

/** Whoever has one IPv6 address has all of its /64. */
function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined && groups.length < 4) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return groups.slice(0, 4).join(':');
}
