import { randomBytes } from 'node:crypto';
import { derivedFrom } from '../secrets/secret-store.ts';
import type { SealedValues } from './sealed-values.ts';

/** Keys that all connectors of a database have. */
export interface SharedKeys {
  /** Of 32 bytes, for one purpose, the same in all of them. */
  derivedKey(purpose: string): Buffer;
}

/** Made by the connector that starts first. @throws unavailable */
export async function openSharedKeys(sealed: SealedValues): Promise<SharedKeys> {
  const secret = Buffer.from(await sealed.keep('keys', () => randomBytes(32).toString('base64url')), 'base64url');
  return { derivedKey: (purpose) => derivedFrom(secret, purpose) };
}
