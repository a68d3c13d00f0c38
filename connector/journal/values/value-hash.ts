import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { readIfPresent, writePrivate } from '../../state/private-file.ts';
import type { Hide } from './hidden-text.ts';

/** Of the key. Unit: bytes. */
const LENGTH = 32;
/** Of a hash: enough to tell millions of values apart. Unit: bytes. */
const SHOWN = 9;

const keyFile = (journal: string): string => join(dirname(journal), 'journal.key');
/** The key of before a connector shared one with others. */
const ownKeyFile = (journal: string): string => `${keyFile(journal)}.own`;

function hashWith(bytes: Buffer): Hide {
  // Made once: making it takes several times what a hash does.
  const key = createSecretKey(bytes);
  return (value) => `~${createHmac('sha256', key).update(value).digest().subarray(0, SHOWN).toString('base64url')}`;
}

function readKey(file: string): Buffer | undefined {
  const text = readIfPresent(file);
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), 'base64url');
  if (key.length !== LENGTH)
    throw new Error(`${file} must hold ${LENGTH} random bytes in base64; remove it for a new one`);
  return key;
}

/** The hashes of this journal's values, those of now and of before. @param journal  its file @throws Error a key cannot be read */
export const hashesOf = (journal: string): readonly Hide[] =>
  [keyFile(journal), ownKeyFile(journal)].flatMap((file) => {
    const key = readKey(file);
    return key ? [hashWith(key)] : [];
  });

/**
 * From now on values are hashed with the key that connectors share, or nobody would be found whom another has told of.
 * @throws Error
 */
export function shareKey(journal: string, key: Buffer): void {
  const there = readKey(keyFile(journal));
  if (there?.equals(key)) return;
  // What was hashed with it is still to be found.
  if (there) writePrivate(ownKeyFile(journal), `${there.toString('base64url')}\n`);
  writePrivate(keyFile(journal), `${key.toString('base64url')}\n`);
}

/** Makes the key where there is none. Whoever has it can find out whether a value that he guesses is there. @throws Error */
export function makeHash(journal: string): Hide {
  const there = readKey(keyFile(journal));
  if (there) return hashWith(there);
  const key = randomBytes(LENGTH);
  writePrivate(keyFile(journal), `${key.toString('base64url')}\n`);
  return hashWith(key);
}
