import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { readIfPresent, writePrivate } from '../../state/private-file.ts';
import type { Hide } from './hidden-text.ts';

/** Of the key. Unit: bytes. */
const LENGTH = 32;
/** Of a hash: enough to tell millions of values apart. Unit: bytes. */
const SHOWN = 9;

const keyFile = (journal: string): string => join(dirname(journal), 'journal.key');

function hashWith(bytes: Buffer): Hide {
  // Made once: making it takes several times what a hash does.
  const key = createSecretKey(bytes);
  return (value) => `~${createHmac('sha256', key).update(value).digest().subarray(0, SHOWN).toString('base64url')}`;
}

function readKey(journal: string): Buffer | undefined {
  const text = readIfPresent(keyFile(journal));
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), 'base64url');
  if (key.length !== LENGTH)
    throw new Error(`${keyFile(journal)} must hold ${LENGTH} random bytes in base64; remove it for a new one`);
  return key;
}

/** The hash of this journal's values, if there is one. @param journal  its file @throws Error the key cannot be read */
export function hashOf(journal: string): Hide | undefined {
  const key = readKey(journal);
  return key && hashWith(key);
}

/** Makes the key where there is none. Whoever has it can find out whether a value that he guesses is there. @throws Error */
export function makeHash(journal: string): Hide {
  const there = readKey(journal);
  if (there) return hashWith(there);
  const key = randomBytes(LENGTH);
  writePrivate(keyFile(journal), `${key.toString('base64url')}\n`);
  return hashWith(key);
}
