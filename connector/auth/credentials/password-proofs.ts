import { timingSafeEqual } from 'node:crypto';
import { KeyedMutex } from '../../concurrency/keyed-mutex.ts';
import { hashPassword, verifyPassword } from '../../secrets/password-hash.ts';
import { sealOf } from '../../secrets/secret-equality.ts';

/** More first-time passwords than this at once are an attack; 19 MiB and some 30 ms are spent on each. */
const MOST_WAITING = 64;

/**
 * Which password has been verified against an argon2 hash, so that a second request costs microseconds. Argon2 runs
 * one at a time: each takes 19 MiB, and wrong guesses may come by the hundred.
 */
export class PasswordProofs {
  /** Argon2 hash → seal of its password. */
  readonly #proven = new Map<string, Buffer>();
  readonly #mutex = new KeyedMutex();
  #waiting = 0;
  #decoy: Promise<string> | undefined;

  /** Whether so many passwords wait to be verified that another one must not. */
  get busy(): boolean {
    return this.#waiting >= MOST_WAITING;
  }

  /** Whether the password of `hash` is known: any other is wrong without computing anything. */
  has(hash: string): boolean {
    return this.#proven.has(hash);
  }

  isProven(hash: string, password: string): boolean {
    const seal = this.#proven.get(hash);
    return seal !== undefined && timingSafeEqual(seal, sealOf(hash, password));
  }

  prove(hash: string, password: string): Promise<boolean> {
    return this.#inTurn(async () => {
      // Proven while this one waited its turn.
      if (this.has(hash)) return this.isProven(hash, password);
      const right = await verifyPassword(hash, password);
      if (right) this.#proven.set(hash, sealOf(hash, password));
      return right;
    });
  }

  /** Takes as long as `prove` would. */
  async pretend(password: string): Promise<void> {
    this.#decoy ??= hashPassword('');
    const decoy = await this.#decoy;
    await this.#inTurn(() => verifyPassword(decoy, password));
  }

  /** Forgets the others: their credentials are gone. */
  keepOnly(hashes: ReadonlySet<string>): void {
    for (const hash of this.#proven.keys()) if (!hashes.has(hash)) this.#proven.delete(hash);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    try {
      return await this.#mutex.run('argon2', work);
    } finally {
      this.#waiting -= 1;
    }
  }
}
