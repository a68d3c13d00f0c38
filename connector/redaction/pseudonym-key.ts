import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIfPresent, writePrivate } from '../state/private-file.ts';

/** Unit: bytes. */
const LENGTH = 32;

/**
 * The key that pseudonyms are made with: whoever has not got it cannot try names out. Made where there is none.
 * @throws EACCES and the like
 */
export function pseudonymKey(stateDir: string): Buffer {
  const file = join(stateDir, 'pseudonym.key');
  const kept = Buffer.from(readIfPresent(file)?.trim() ?? '', 'base64url');
  if (kept.length === LENGTH) return kept;
  const key = randomBytes(LENGTH);
  writePrivate(file, `${key.toString('base64url')}\n`);
  return key;
}

/** One for a single use. */
export const passingKey = (): Buffer => randomBytes(LENGTH);
