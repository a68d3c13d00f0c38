import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
/** Unit of both: bytes. */
const NONCE = 12;
const TAG = 16;

/** base64 of nonce, tag and ciphertext. `name` is authenticated with it: sealed values cannot be swapped. */
export function seal(key: Buffer, name: string, value: string): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(name));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

const urlSafe = (base64: string): string => Buffer.from(base64, 'base64').toString('base64url');

/** As `seal`, in unreserved characters (RFC 3986 §2.3) alone: for what clients hold. */
export const sealForClients = (key: Buffer, name: string, value: string): string => urlSafe(seal(key, name, value));

/** @returns `undefined` where it is none of ours: forged, of another name or key, or the same bytes spelled otherwise */
export function unsealFromClients(key: Buffer, name: string, sealed: string): string | undefined {
  if (urlSafe(sealed) !== sealed) return undefined;
  try {
    return unseal(key, name, sealed);
  } catch {
    return undefined;
  }
}

/** @throws Error it was sealed with another key or name, or changed since */
export function unseal(key: Buffer, name: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const opener = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE));
  opener.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([opener.update(bytes.subarray(NONCE + TAG)), opener.final()]).toString('utf8');
}
