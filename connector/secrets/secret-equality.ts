/** Comparing secrets without telling, by the time it takes, how much of a guess was right. */
import { createHmac, createSecretKey, hash, randomBytes, timingSafeEqual } from 'node:crypto';

const PROCESS_KEY = createSecretKey(randomBytes(32));

/** Of a secret with 256 bits of its own: nothing to guess, so nothing to slow down. base64url. */
export const digestOf = (token: string): string => hash('sha256', token, 'base64url');

/** Stands for a secret in this process's memory, and is worth nothing outside it. */
export const sealOf = (...parts: readonly string[]): Buffer => {
  const hmac = createHmac('sha256', PROCESS_KEY);
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part, 'utf8');
  return hmac.digest();
};

/** A secret that guesses are compared with. Both sides are hashed first, so neither content nor length shows. */
export class KnownSecret {
  readonly #hash: Buffer;

  constructor(secret: string) {
    this.#hash = hash('sha256', secret, 'buffer');
  }

  equals(guess: string): boolean {
    return timingSafeEqual(this.#hash, hash('sha256', guess, 'buffer'));
  }
}

/** For what `digestOf` made: hashed already. */
export const sameDigest = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
