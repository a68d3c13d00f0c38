import { cancelled } from '../directory/ldap-failure.ts';
import type { Connection } from './connection.ts';

/** Somebody who waits for a connection until there is one or `signal` aborts. */
export class Waiter {
  readonly connection: Promise<Connection>;
  readonly #signal: AbortSignal;
  readonly #resolve: (connection: Connection) => void;
  readonly #reject: (error: unknown) => void;
  readonly #abort: () => void;

  /** @param onAbort  nobody waits any more */
  constructor(signal: AbortSignal, onAbort: (waiter: Waiter) => void) {
    const { promise, resolve, reject } = Promise.withResolvers<Connection>();
    this.connection = promise;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#abort = () => {
      onAbort(this);
      reject(cancelled(signal, false));
    };
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  /** @returns false when it has given up meanwhile */
  give(connection: Connection): boolean {
    this.#signal.removeEventListener('abort', this.#abort);
    if (this.#signal.aborted) return false;
    this.#resolve(connection);
    return true;
  }

  fail(error: unknown): void {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#reject(error);
  }
}
