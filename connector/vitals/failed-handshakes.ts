/** Addresses that are remembered. */
const MOST = 64;

/** An address from which no TLS could be set up. */
export interface FailedTls {
  readonly address: string;
  /** What it means and what to do. */
  readonly text: string;
  /** Code in the catalogue of faults. */
  readonly fault: string;
  readonly count: number;
  /** ISO 8601, UTC. */
  readonly last: string;
  readonly ref: string;
}

/** What is told of one that failed. */
export interface HandshakeTold {
  readonly reference: string;
  readonly address: string;
  readonly fault: string;
  readonly text: string;
  readonly times: number;
}

/** Where agents are that cannot even ask. */
export class FailedHandshakes {
  readonly #byAddress = new Map<string, FailedTls>();

  restore(failures: readonly FailedTls[]): void {
    for (const failure of failures) this.#byAddress.set(failure.address, failure);
  }

  add({ reference, address, fault, text, times }: HandshakeTold, now: number): void {
    const before = this.#byAddress.get(address);
    this.#byAddress.delete(address);
    const count = (before?.fault === fault ? before.count : 0) + times;
    this.#byAddress.set(address, { address, text, fault, count, last: new Date(now).toISOString(), ref: reference });
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size > MOST && oldest !== undefined) this.#byAddress.delete(oldest);
  }

  /** It has called since: all is well there. */
  forget(address: string): void {
    if (this.#byAddress.size > 0) this.#byAddress.delete(address);
  }

  /** The latest first. */
  list(): readonly FailedTls[] {
    return [...this.#byAddress.values()].toReversed();
  }
}
