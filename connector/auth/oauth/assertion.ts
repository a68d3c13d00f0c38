import type { JSONWebKeySet } from 'jose';
import type { KeySource } from './key-set.ts';

/** Asymmetric ones alone: with a shared secret the public key would be one. */
export const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

/** How far ahead an assertion may end. Unit of all: s. */
const LONGEST = 600;
/** Between the client's clock and ours. */
const LEEWAY = 60;
/** Unit: characters. */
const LONGEST_ID = 256;
/** Keys that are tried for an assertion that names none. */
const MOST_TRIED = 8;

/** What is wrong with an assertion, in words that hold nothing of it. */
export class Flaw extends Error {
  override readonly name = 'Flaw';
}

export interface Expected {
  readonly client: string;
  /** The token endpoint and the issuer, as URLs. */
  readonly audiences: readonly string[];
  /** Unit: s since 1970. */
  readonly now: number;
}

/** What makes an assertion one of its kind, once it is known to be the client's. */
export interface Verified {
  readonly id: string;
  /** Unit of both: s since 1970. */
  readonly expires: number;
  readonly issued?: number;
}

type Part = Readonly<Record<string, unknown>>;

function partOf(jwt: string, index: number): Part {
  try {
    const bytes = Buffer.from(jwt.split('.')[index] ?? '', 'base64url');
    const part: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof part === 'object' && part !== null && !Array.isArray(part)) return part as Part;
  } catch {
    // Told below.
  }
  throw new Flaw('it is no signed JWT (three parts of base64url with dots between)');
}

function timeIn(claims: Part, name: 'exp' | 'nbf' | 'iat'): number | undefined {
  const value = claims[name];
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw new Flaw(`${name} must be a number: seconds since 1970`);
}

function checkParties({ iss, sub, aud }: Part, { client, audiences }: Expected): void {
  if (iss !== client || sub !== client)
    throw new Flaw('iss and sub must both be the client_id that is configured here');
  const meant = Array.isArray(aud) ? aud : [aud];
  if (meant.length === 0 || !meant.every((one) => typeof one === 'string' && audiences.includes(one)))
    throw new Flaw(`aud must be ${audiences.join(' or ')}`);
}

function checkTimes(claims: Part, now: number): Omit<Verified, 'id'> {
  const [expires, from, issued] = [timeIn(claims, 'exp'), timeIn(claims, 'nbf'), timeIn(claims, 'iat')];
  if (expires === undefined) throw new Flaw('exp is missing; end it within 10 minutes');
  if (expires <= now) throw new Flaw('it has expired; make a new one for each request, and compare the clocks');
  if (expires > now + LONGEST + LEEWAY) throw new Flaw('exp is more than 10 minutes ahead; end it sooner');
  if ((from ?? 0) > now + LEEWAY || (issued ?? 0) > now + LEEWAY)
    throw new Flaw('nbf or iat lies in the future; compare the clocks');
  return { expires, ...(issued === undefined ? {} : { issued }) };
}

function idIn({ jti }: Part): string {
  if (typeof jti === 'string' && jti !== '' && jti.length <= LONGEST_ID) return jti;
  throw new Flaw(`jti must be a text of 1 to ${LONGEST_ID} characters, another one each time`);
}

async function checkSignature(jwt: string, keys: JSONWebKeySet): Promise<void> {
  const { compactVerify, createLocalJWKSet, errors } = await import('jose');
  const options = { algorithms: [...ALGORITHMS] };
  try {
    await compactVerify(jwt, createLocalJWKSet(keys), options);
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey)
      throw new Flaw('the client has no key with its kid for its alg; keys are looked for again once a minute');
    if (error instanceof errors.JWKSMultipleMatchingKeys) {
      let left = MOST_TRIED;
      for await (const key of error) {
        const isRight = await compactVerify(jwt, key, options).then(
          () => true,
          () => false,
        );
        if (isRight) return;
        left -= 1;
        if (left === 0) break;
      }
    }
    throw new Flaw("its signature is not by a key of this client, of 2048 bits at least where it is RSA's");
  }
}

/**
 * Whether it was signed by the client for us and is in force (RFC 7523 §3). Whether it has been used is not known here.
 * @throws Flaw, KeysUnavailable
 */
export async function verifyAssertion(jwt: string, source: KeySource, expected: Expected): Promise<Verified> {
  const { alg, kid } = partOf(jwt, 0);
  const claims = partOf(jwt, 1);
  if (!ALGORITHMS.some((one) => one === alg)) throw new Flaw(`alg must be one of ${ALGORITHMS.join(', ')}`);
  // Before any key is looked for: others' cost nothing.
  checkParties(claims, expected);
  const times = checkTimes(claims, expected.now);
  const id = idIn(claims);
  await checkSignature(jwt, await source.keys(typeof kid === 'string' ? kid : undefined));
  return { id, ...times };
}
