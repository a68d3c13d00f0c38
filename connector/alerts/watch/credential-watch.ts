import { LRUCache } from 'lru-cache';
import { logEvent } from '../../log/event.ts';
import type { Log } from '../../log/log.ts';
import { ScimError } from '../../scim/error.ts';
import type { Observer, OperationEvent } from '../../service/observer.ts';
import { SlidingCount } from './sliding-count.ts';

export interface CredentialWatchOptions {
  readonly log: Log;
  /** Unit: ms. */
  readonly window: number;
  /** Refusals of one address that are told. */
  readonly refusals: number;
  /** Unit: ms, from any start. */
  readonly now?: () => number;
}

/** Addresses remembered; the longest silent goes first. */
const CAPACITY = 1000;

interface Guesses {
  readonly app: string;
  readonly address: string;
  readonly count: SlidingCount;
  isTold: boolean;
}

/** Counts credentials that are refused, by app and address. */
export class CredentialWatch implements Observer {
  readonly #options: CredentialWatchOptions;
  readonly #now: () => number;
  readonly #guesses = new LRUCache<string, Guesses>({ max: CAPACITY });

  constructor(options: CredentialWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  observe({ app, call, failure }: OperationEvent): void {
    const { address } = call.client ?? {};
    if (app === '' || address === undefined) return;
    const key = `${app} ${address}`;
    if (call.actor !== '') {
      const known = this.#guesses.get(key);
      this.#guesses.delete(key);
      if (known?.isTold) logEvent(this.#options.log, 'credentialsAccepted', { app, address });
      return;
    }
    if (failure instanceof ScimError && (failure.reason === 'unauthorized' || failure.reason === 'throttled'))
      this.#refused(key, app, address);
  }

  /** To be called now and then: who guessed may have given up. */
  look(): void {
    for (const [key, { app, address, count, isTold }] of [...this.#guesses]) {
      if (count.count(this.#now()) > 0) continue;
      this.#guesses.delete(key);
      if (isTold)
        logEvent(this.#options.log, 'credentialsAccepted', { app, address }, 'no wrong credentials come any more');
    }
  }

  #refused(key: string, app: string, address: string): void {
    const { window, refusals, log } = this.#options;
    const known = this.#guesses.get(key) ?? { app, address, count: new SlidingCount(window), isTold: false };
    this.#guesses.set(key, known);
    known.count.add(this.#now());
    if (known.isTold || known.count.count(this.#now()) < refusals) return;
    known.isTold = true;
    logEvent(log, 'credentialsRefused', { app, address });
  }
}
