import type { JSONWebKeySet, JWK } from 'jose';

/** A client that changes its keys every day has two. */
const MOST_KEYS = 100;

/** The keys of a client cannot be had. The text names the reason and nothing that stays in the house. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** Where a client's public keys come from. */
export interface KeySource {
  /**
   * @param kid  that an assertion names: where there may be a newer set, and this one has no such key, the newer one
   * @throws KeysUnavailable
   */
  keys(kid: string | undefined): Promise<JSONWebKeySet>;
}

const isPublic = (key: JWK): boolean => (key.kty === 'RSA' || key.kty === 'EC' || key.kty === 'OKP') && !('d' in key);

/**
 * A JWK Set (RFC 7517 §5), without what nobody may rely on: shared secrets, and private keys that everybody can read.
 * @throws KeysUnavailable
 */
export function parseKeySet(text: string): JSONWebKeySet {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new KeysUnavailable('what is there is no JSON', { cause });
  }
  const keys = typeof found === 'object' && found !== null ? (found as { keys?: unknown }).keys : undefined;
  if (!Array.isArray(keys)) throw new KeysUnavailable('what is there is no JWK Set: it has no list "keys"');
  if (keys.length > MOST_KEYS) throw new KeysUnavailable(`the JWK Set has more than ${MOST_KEYS} keys`);
  const isKey = (one: unknown): one is JWK => typeof one === 'object' && one !== null && isPublic(one as JWK);
  const usable = keys.filter(isKey);
  if (usable.length === 0) throw new KeysUnavailable('the JWK Set has no public key of kind RSA, EC or OKP');
  return { keys: usable };
}

export const hasKey = ({ keys }: JSONWebKeySet, kid: string): boolean => keys.some((key) => key.kid === kid);
