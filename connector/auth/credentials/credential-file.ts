/** `<stateDir>/credentials.json`: what is accepted, hashed. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CredentialError } from '../../secrets/credential-error.ts';
import { isPasswordHash } from '../../secrets/password-hash.ts';
import { exclusively } from '../../state/exclusive.ts';
import { readIfPresent, writePrivate } from '../../state/private-file.ts';
import type { Credential } from './credential.ts';

export const credentialFile = (stateDir: string): string => join(stateDir, 'credentials.json');

/** Changes whenever the file does: it is replaced, never rewritten in place. */
export function versionOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.ino}:${found.mtimeNs}:${found.size}`;
}

/** @throws CredentialError the file cannot be read or holds something else */
export function readCredentials(file: string): readonly Credential[] {
  let content: unknown;
  try {
    const text = readIfPresent(file);
    if (text === undefined) return [];
    content = JSON.parse(text);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const why = code === undefined ? 'is not valid JSON: restore it from a backup' : `cannot be read (${code})`;
    throw new CredentialError(`${file} ${why}`, { cause });
  }
  const { version, credentials } = content as { version?: unknown; credentials?: unknown };
  if (version !== 1 || !Array.isArray(credentials) || !credentials.every(isCredential)) {
    throw new CredentialError(`${file} is not in the form this version writes: restore it from a backup`);
  }
  return credentials;
}

/** Replaces all of them by what `next` makes of them, while nobody else writes. @throws CredentialError */
export async function changeCredentials(
  stateDir: string,
  next: (all: readonly Credential[]) => readonly Credential[],
): Promise<void> {
  const file = credentialFile(stateDir);
  await exclusively(file, () => {
    const credentials = next(readCredentials(file));
    writePrivate(file, `${JSON.stringify({ version: 1, credentials }, null, 2)}\n`);
  });
}

function isCredential(value: unknown): value is Credential {
  const entry = (value ?? {}) as Record<string, unknown>;
  const text = (key: string): boolean => typeof entry[key] === 'string';
  const optional = (key: string): boolean => entry[key] === undefined || text(key);
  const date = (key: string): boolean => !Number.isNaN(Date.parse(String(entry[key])));
  if (!text('name') || !optional('app') || !date('created')) return false;
  // An expiry that cannot be read must not mean "never".
  if (entry['expires'] !== undefined && !date('expires')) return false;
  return entry['kind'] === 'token'
    ? text('sha256')
    : entry['kind'] === 'basic' && text('username') && (text('sha256') || isPasswordHash(String(entry['hash'])));
}
