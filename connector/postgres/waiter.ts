import type { Connection } from './connection.ts';

/** Somebody who waits for a connection. */
export class Waiter {
  readonly connection: Promise<Connection>;
  readonly #signal: AbortSignal;
  readonly #resolve: (connection: Connection) => void;
  readonly #reject: (error: unknown) => void;
  readonly #leave: () => void;
  readonly #late: NodeJS.Timeout;

  /** @param refusals  why nobody waits any longer: the caller has gone, or `patience` is over. Unit: ms. */
  constructor(
    signal: AbortSignal,
    patience: number,
    refusals: { readonly gone: () => unknown; readonly late: () => unknown },
    onLeave: (waiter: Waiter) => void,
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<Connection>();
    this.connection = promise;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#leave = () => {
      onLeave(this);
      this.fail(refusals.gone());
    };
    this.#late = setTimeout(() => {
      onLeave(this);
      this.fail(refusals.late());
    }, patience);
    signal.addEventListener('abort', this.#leave, { once: true });
  }

  give(connection: Connection): void {
    this.#end();
    this.#resolve(connection);
  }

  fail(error: unknown): void {
    this.#end();
    this.#reject(error);
  }

  #end(): void {
    clearTimeout(this.#late);
    this.#signal.removeEventListener('abort', this.#leave);
  }
}
