import { createHmac, timingSafeEqual } from 'node:crypto';
import { wrongPassword } from '../truststore-error.ts';
import { HASHES, iterationsOf, known } from './algorithms.ts';
import type { Der } from './der.ts';
import { derivedKey, PURPOSE } from './derived-key.ts';

/** Sizes of hashes. Unit: bytes. */
const SIZES: Readonly<Record<string, number>> = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };

/** @param macData  RFC 7292 §4: digest, salt, iterations @throws TruststoreError it is not of this password */
export function checkMac(macData: Der, content: Buffer, password: string): void {
  const digest = macData.get(0);
  const hash = known(HASHES, digest.get(0).get(0).oid);
  const salt = macData.get(1).octets;
  const iterations = macData.has(2) ? iterationsOf(macData.get(2).number) : 1;
  const key = derivedKey({ hash, password, salt, iterations }, PURPOSE.mac, SIZES[hash] ?? 0);
  const [meant, found] = [digest.get(1).octets, createHmac(hash, key).update(content).digest()];
  if (meant.length !== found.length || !timingSafeEqual(meant, found)) throw wrongPassword();
}
