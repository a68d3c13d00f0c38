import type { JSONWebKeySet } from 'jose';
import type { Notices } from '../../log/notices.ts';
import { hasKey, type KeySource, KeysUnavailable } from './key-set.ts';

/** A key that the client has taken away is good no longer than this, where its server answers. Unit of all: ms. */
const FRESH = 10 * 60_000;
/** How long they are good where it does not. */
const STALE = 60 * 60_000;
/** For keys that are not among those known: anybody may name one. */
const LOOK_AGAIN = 60_000;
/** After a failure. */
const TRY_AGAIN = 5000;

const NEVER = Number.NEGATIVE_INFINITY;

/** A client's public keys at its `jwks_uri`, remembered, and asked for again where they may have changed. */
export class RemoteKeys implements KeySource {
  readonly #fetch: () => Promise<JSONWebKeySet>;
  readonly #log: Notices;
  readonly #now: () => number;
  #known: JSONWebKeySet | undefined;
  #fetched = NEVER;
  #looked = NEVER;
  #failed = NEVER;
  #failure: unknown;
  #pending: Promise<void> | undefined;

  /** @param now  ms, from any start */
  constructor(fetch: () => Promise<JSONWebKeySet>, log: Notices, now: () => number = () => performance.now()) {
    this.#fetch = fetch;
    this.#log = log;
    this.#now = now;
  }

  async keys(kid: string | undefined): Promise<JSONWebKeySet> {
    if (this.#known === undefined || this.#age >= FRESH) await this.#refresh();
    else if (kid !== undefined && !hasKey(this.#known, kid) && this.#now() - this.#looked >= LOOK_AGAIN) {
      this.#looked = this.#now();
      await this.#refresh();
    }
    if (this.#known === undefined || this.#age >= STALE) throw this.#failure;
    return this.#known;
  }

  get #age(): number {
    return this.#now() - this.#fetched;
  }

  /** Once for all who wait. */
  async #refresh(): Promise<void> {
    if (this.#now() - this.#failed < TRY_AGAIN) return;
    this.#pending ??= this.#ask().finally(() => {
      this.#pending = undefined;
    });
    await this.#pending;
  }

  async #ask(): Promise<void> {
    try {
      this.#known = await this.#fetch();
      this.#fetched = this.#now();
      this.#failed = NEVER;
    } catch (error) {
      this.#failed = this.#now();
      this.#failure = error;
      const why = error instanceof KeysUnavailable ? error.message : String(error);
      this.#log.warn(`the keys of an OAuth client cannot be fetched: ${why}`);
    }
  }
}
