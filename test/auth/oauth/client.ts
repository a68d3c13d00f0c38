import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const CLIENT = 'okta';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A key pair of a client, as it signs with it and as it publishes it. */
export interface ClientKey {
  readonly kid: string;
  readonly alg: string;
  readonly published: JWK;
  /** A signed assertion with these claims; `undefined` leaves one out. */
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>;
}

export async function clientKey(alg = 'ES256', kid: string = randomUUID()): Promise<ClientKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const published = { ...(await exportJWK(publicKey)), kid };
  const sign: ClientKey['sign'] = (claims, header = {}) =>
    new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
  return { kid, alg, published, sign };
}

export const now = (): number => Math.floor(Date.now() / 1000);

/** Claims as they should be, another `jti` each time. */
export const claimsFor = (audience: string, change: JWTPayload = {}): JWTPayload => ({
  iss: CLIENT,
  sub: CLIENT,
  aud: audience,
  iat: now(),
  exp: now() + 300,
  jti: randomUUID(),
  ...change,
});

export const formOf = (assertion: string, change: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...change,
  }).toString();

export const FORM_HEADERS: Readonly<Record<string, string>> = FORM;
