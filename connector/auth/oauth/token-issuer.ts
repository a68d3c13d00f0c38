import type { Denied, Granted, Issuer, Refused, TokenRequest } from '../method.ts';
import { refuse } from '../methods/refusal.ts';
import { type AccessTokens, SCOPE } from './access-tokens.ts';
import { type Expected, Flaw, type Verified, verifyAssertion } from './assertion.ts';
import { type KeySource, KeysUnavailable } from './key-set.ts';
import type { AssertionLedger } from './used-assertions.ts';

export const GRANT_TYPE = 'client_credentials';
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface IssuerParts {
  readonly client: string;
  readonly keys: KeySource;
  readonly tokens: AccessTokens;
  readonly used: AssertionLedger;
  /** Of a token. Unit: ms. */
  readonly life: number;
}

/** Unit: s. */
const TRY_AGAIN = 5;

const seconds = (): number => Math.floor(Date.now() / 1000);

const invalidRequest = (text: string): Denied => ({
  code: 'invalid_request',
  ...refuse('token-request-invalid', text, false),
});

const later = (refused: Refused): Denied => ({ code: 'temporarily_unavailable', ...refused, retryAfter: TRY_AGAIN });

/** Gives access tokens to the one client of an app that proves itself by an assertion (RFC 6749 §4.4, RFC 7523 §2.2). */
export class TokenIssuer implements Issuer {
  readonly #parts: IssuerParts;

  constructor(parts: IssuerParts) {
    this.#parts = parts;
  }

  async grant({ form, hasHeader, audiences }: TokenRequest): Promise<Granted | Denied> {
    const { client, tokens, life } = this.#parts;
    const denied = this.#mistaken(form, hasHeader);
    if (denied) return denied;
    const expected = { client, audiences, now: seconds() };
    const refused = await this.#judge(form.get('client_assertion') ?? '', expected);
    if (refused) return refused;
    return { actor: client, token: tokens.make(client, life), expiresIn: Math.floor(life / 1000), scope: SCOPE };
  }

  /** What is wrong before anybody has to prove anything. */
  #mistaken(form: TokenRequest['form'], hasHeader: boolean): Denied | undefined {
    const grant = form.get('grant_type');
    if (grant === undefined) return invalidRequest(`grant_type is missing; send grant_type=${GRANT_TYPE}`);
    if (grant !== GRANT_TYPE)
      return {
        code: 'unsupported_grant_type',
        ...refuse('token-request-invalid', `grant_type must be ${GRANT_TYPE}`, false),
      };
    if (hasHeader || form.has('client_secret'))
      return {
        code: 'invalid_client',
        ...refuse(
          'token-request-invalid',
          'this client has no secret: send client_assertion, a signed JWT (private_key_jwt), and no Authorization header',
        ),
      };
    if (form.get('client_assertion_type') !== ASSERTION_TYPE)
      return invalidRequest(`client_assertion_type must be ${ASSERTION_TYPE}`);
    if (!form.get('client_assertion')) return invalidRequest('client_assertion is missing; send a signed JWT');
    const named = form.get('client_id');
    if (named !== undefined && named !== this.#parts.client)
      return {
        code: 'invalid_client',
        ...refuse(
          'assertion-refused',
          'the client_id is not the one that is configured here; leave it out or correct it',
        ),
      };
    const scopes = (form.get('scope') ?? SCOPE).split(' ').filter((one) => one !== '');
    if (!scopes.every((one) => one === SCOPE))
      return {
        code: 'invalid_scope',
        ...refuse('token-request-invalid', `the only scope is ${SCOPE}; ask for that or for none`, false),
      };
    return undefined;
  }

  async #judge(assertion: string, expected: Expected): Promise<Denied | undefined> {
    const { keys, used } = this.#parts;
    let verified: Verified;
    try {
      verified = await verifyAssertion(assertion, keys, expected);
    } catch (error) {
      return this.#refusal(error);
    }
    const { id, expires } = verified;
    // The keys may have been waited for: what has expired meanwhile may be forgotten already.
    const now = seconds();
    const taken = expires <= now ? 'used' : await used.take(id, expires, now);
    if (taken === 'full')
      return later(
        refuse('assertions-too-many', 'too many assertions of this client are in force; let them end sooner', false),
      );
    if (taken === 'new') return undefined;
    const text = 'an assertion with this jti has been used before; make a new one for each request';
    return { code: 'invalid_client', ...refuse('assertion-used', text) };
  }

  #refusal(error: unknown): Denied {
    if (error instanceof KeysUnavailable) {
      const text = `the keys of this client cannot be had: ${error.message}`;
      return later(refuse('client-keys-unavailable', text, false));
    }
    if (!(error instanceof Flaw)) throw error;
    const text = `the client_assertion is refused: ${error.message}`;
    return { code: 'invalid_client', ...refuse('assertion-refused', text) };
  }
}
