import type { LdapFailure } from '../directory/ldap-failure.ts';

/** Lost connections in a row after which a server is left alone. */
const MOST_STUMBLES = 3;
/** With no other server to turn to, one that failed is tried again this soon. Unit: ms. */
const LAST_RESORT = 5_000;
/** A refused bind counts towards locking the account: few attempts, far apart. Unit: ms. */
const REFUSED = { first: 5_000, factor: 8, longest: 600_000 };
/** A read-only replica may be promoted. Unit: ms. */
const READ_ONLY = 300_000;

export interface BackOff {
  /** Unit: ms. */
  readonly first: number;
  readonly longest: number;
}

/** What is known of one server's health, and when to try it again. Times are those of `performance.now()`. */
export class Circuit {
  readonly #backOff: BackOff;
  #failures = 0;
  #stumbles = 0;
  #retryAt = 0;
  #lastResortAt = 0;
  #readOnlyUntil = 0;
  #isLasting = false;
  /** Why it is left alone. */
  reason: string | undefined;
  /** What that is in the catalogue of faults. */
  fault: LdapFailure['fault'] | undefined;

  constructor(backOff: BackOff) {
    this.#backOff = backOff;
  }

  get isClosed(): boolean {
    return this.reason === undefined;
  }

  /** When the next attempt is allowed. @param alone there is no other server */
  opensAt(alone: boolean): number {
    return this.isClosed ? 0 : alone ? Math.min(this.#retryAt, this.#lastResortAt) : this.#retryAt;
  }

  /** It is left alone for what only somebody can mend. */
  get isLasting(): boolean {
    return !this.isClosed && this.#isLasting;
  }

  get isReadOnly(): boolean {
    return performance.now() < this.#readOnlyUntil;
  }

  refusedWrite(): void {
    this.#readOnlyUntil = performance.now() + READ_ONLY;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#stumbles = 0;
    this.reason = undefined;
  }

  /** A connection that worked was lost. A connection that opens does not forgive it, an answered request does. */
  stumbled(reason: string): void {
    this.#stumbles += 1;
    if (this.#stumbles >= MOST_STUMBLES) this.failed(reason);
  }

  answered(): void {
    this.#stumbles = 0;
  }

  /** No connection could be opened. */
  failed(reason: string, isLasting = false, fault?: LdapFailure['fault']): void {
    const { first, longest } = this.#backOff;
    const wait = Math.min(first * 2 ** this.#failures, longest) * (0.75 + Math.random() / 2);
    this.#isLasting = isLasting;
    this.fault = fault;
    this.#leaveAlone(reason, wait, Math.min(wait, LAST_RESORT));
  }

  /** The service account's bind was refused. */
  refused(reason: string): void {
    const wait = Math.min(REFUSED.first * REFUSED.factor ** this.#failures, REFUSED.longest);
    this.#isLasting = true;
    this.fault = 'directory-bind-refused';
    this.#leaveAlone(reason, wait, wait);
  }

  #leaveAlone(reason: string, wait: number, lastResort: number): void {
    const now = performance.now();
    this.#failures += 1;
    this.reason = reason;
    this.#retryAt = now + wait;
    this.#lastResortAt = now + lastResort;
  }
}
