import { timingSafeEqual } from 'node:crypto';
import { FairTurns } from '../../concurrency/fair-turns.ts';
import { hashPassword, verifyPassword } from '../../secrets/password-hash.ts';
import { sealOf } from '../../secrets/secret-equality.ts';
import type { Attempt } from '../attempt.ts';

/**
 * Which password has been verified against an argon2 hash, so that a second request costs microseconds. Argon2 runs
 * one at a time: each takes 19 MiB and some 30 ms, and wrong guesses may come by the hundred. So addresses take turns,
 * and those that have not failed have turns of their own.
 */
export class PasswordProofs {
  /** Argon2 hash → seal of its password. */
  readonly #proven = new Map<string, Buffer>();
  /** All of them together have had their turn before a request's deadline. */
  readonly #turns = new FairTurns({ perKey: 2, reservedKeys: 500, commonKeys: 32 });
  #decoy: string | undefined;

  /** Whether so many passwords wait to be verified that another one from there must not. */
  isBusyFor({ address, isFirst }: Attempt): boolean {
    return this.#turns.isFull(address, isFirst);
  }

  /** Whether the password of `hash` is known: any other is wrong without computing anything. */
  has(hash: string): boolean {
    return this.#proven.has(hash);
  }

  isProven(hash: string, password: string): boolean {
    const seal = this.#proven.get(hash);
    return seal !== undefined && timingSafeEqual(seal, sealOf(hash, password));
  }

  prove(hash: string, password: string, { address, isFirst }: Attempt): Promise<boolean> {
    return this.#turns.run(address, isFirst, async () => {
      // Proven while this one waited its turn.
      if (this.has(hash)) return this.isProven(hash, password);
      const right = await verifyPassword(hash, password);
      if (right) this.#proven.set(hash, sealOf(hash, password));
      return right;
    });
  }

  /** Takes as long as `prove` would. */
  async pretend(password: string, { address, isFirst }: Attempt): Promise<void> {
    await this.#turns.run(address, isFirst, async () => {
      this.#decoy ??= await hashPassword('');
      await verifyPassword(this.#decoy, password);
    });
  }

  /** Forgets the others: their credentials are gone. */
  keepOnly(hashes: ReadonlySet<string>): void {
    for (const hash of this.#proven.keys()) if (!hashes.has(hash)) this.#proven.delete(hash);
  }
}
