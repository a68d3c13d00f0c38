import { isIP } from 'node:net';
import { LRUCache } from 'lru-cache';

export interface ThrottleOptions {
  /** Failed attempts that are answered plainly within a window. */
  readonly limit?: number;
  /** Unit: ms. */
  readonly window?: number;
  /** Addresses remembered; the longest known goes first. */
  readonly capacity?: number;
  /** Unit: ms, from any start. */
  readonly now?: () => number;
}

interface Failures {
  count: number;
  /** When counting starts anew. */
  readonly until: number;
}

/** Counts failed attempts by client address. It is asked about failures only, so it can never stand in a good one's way. */
export class Throttle {
  readonly #limit: number;
  readonly #window: number;
  readonly #now: () => number;
  readonly #failures: LRUCache<string, Failures>;

  constructor({ limit = 10, window = 60_000, capacity = 10_000, now = () => performance.now() }: ThrottleOptions = {}) {
    this.#limit = limit;
    this.#window = window;
    this.#now = now;
    this.#failures = new LRUCache({ max: capacity });
  }

  /** Counts a failure. Answers whole seconds to wait when there have been too many, and whether that is news. */
  fail(address: string): { readonly retryAfter: number; readonly first: boolean } | undefined {
    const key = networkOf(address);
    const now = this.#now();
    // Not `get`: who fails often is not to be remembered in place of others.
    let failures = this.#failures.peek(key);
    if (failures === undefined || failures.until <= now) {
      failures = { count: 0, until: now + this.#window };
      this.#failures.set(key, failures);
    }
    failures.count += 1;
    if (failures.count <= this.#limit) return undefined;
    return { retryAfter: Math.ceil((failures.until - now) / 1000), first: failures.count === this.#limit + 1 };
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
