import type { IncomingHttpHeaders } from 'node:http';
import { KnownSecret } from '../../secrets/secret-equality.ts';
import type { Attempt } from '../attempt.ts';
import type { Verification } from '../credentials/credential-store.ts';
import type { Accepted, AuthSettings, Issued, Method, Refused, Verdict } from '../method.ts';
import type { MethodKind, SettingFault } from '../method-kind.ts';
import { headerValue, knownScheme, schemeOf } from './authorization-header.ts';
import { isKnown, isUnknown } from './known-elsewhere.ts';
import { REALM } from './realm.ts';
import { refuse, refuseAll, refuseVerified, SUSPENDED } from './refusal.ts';
import { weakness } from './weak-secret.ts';

const COMMAND = 'token add NAME';
const NO_BEARER = 'the value lacks the word Bearer: enter Bearer, a space and the token in Okta';

const isStandard = ({ header }: AuthSettings): boolean => header.toLowerCase() === 'authorization';

/** A token in the `Authorization` header after the word Bearer, or in a header of another name. */
class HeaderToken implements Method {
  readonly header: string;
  readonly challenge = `Bearer ${REALM}`;
  readonly #settings: AuthSettings;
  readonly #issued: Issued;
  /** The one that the configuration holds. */
  readonly #own: KnownSecret | undefined;

  constructor(settings: AuthSettings, issued: Issued) {
    this.header = settings.header;
    this.#settings = settings;
    this.#issued = issued;
    const own = settings.token?.reveal() ?? '';
    this.#own = own === '' ? undefined : new KnownSecret(own);
  }

  async judge(headers: IncomingHttpHeaders, attempt: Attempt): Promise<Verdict> {
    const { app, store } = this.#issued;
    if (!this.#own && !(await isKnown(store, 'token', app))) return refuseAll(COMMAND);
    const value = headerValue(headers, this.header);
    const standard = isStandard(this.#settings);
    if (value === '') return refuse('credential-missing', this.#missing(headers), false);
    const token = /^bearer\s+(.+)$/i.exec(value)?.[1];
    const hasBearer = token !== undefined || /^bearer$/i.test(value);
    // With and without a leading Bearer: the word may belong to the token.
    const candidates = token === undefined ? [value] : [token, value];
    let verdict = this.#recognise(candidates, attempt);
    if (isUnknown(verdict) && (await store?.learn())) verdict = this.#recognise(candidates, attempt);
    if ('actor' in verdict) return standard && !hasBearer ? { ...verdict, warning: NO_BEARER } : verdict;
    const scheme = schemeOf(value);
    if (standard && !hasBearer && scheme !== undefined && scheme !== value) {
      return refuse(
        'credential-of-wrong-kind',
        `this connector expects the word Bearer and a token, the request has ${knownScheme(scheme)}: choose HTTP Header in Okta`,
      );
    }
    return /^bearer$/i.test(value)
      ? refuse('credential-of-wrong-kind', 'the word Bearer is not followed by a token')
      : verdict;
  }

  #recognise(candidates: readonly string[], attempt: Attempt): Accepted | Refused {
    const { app, store } = this.#issued;
    const mayCompare = this.#own !== undefined && attempt.mayGuess();
    let failed: Verification | undefined;
    for (const candidate of candidates) {
      if (mayCompare && this.#own?.equals(candidate)) return { actor: 'configured' };
      const verification = store?.verifyToken(candidate, app);
      if (verification?.accepted) return { actor: verification.name };
      if (verification && verification.why !== 'unknown') failed = verification;
    }
    if (this.#own && !mayCompare) return SUSPENDED;
    return refuseVerified(failed, 'the token', COMMAND);
  }

  #missing(headers: IncomingHttpHeaders): string {
    const standard = isStandard(this.#settings);
    return `the request has no ${this.header} header${!standard && headers.authorization ? ', only Authorization' : ''}: choose HTTP Header in Okta and enter ${
      standard ? 'Bearer, a space and a token' : 'this name and a token'
    }`;
  }
}

/** Okta sends the header as typed: the word must be in it. */
const valueToSend = (settings: AuthSettings, token: string): string =>
  isStandard(settings) ? `Bearer ${token}` : token;

export const headerToken: MethodKind<'header'> = {
  name: 'header',
  open: false,
  credential: 'token',
  scheme: {
    name: 'OAuth Bearer Token',
    description: 'A token made by this connector, sent in an HTTP header',
    specUrl: 'https://www.rfc-editor.org/rfc/rfc6750',
    type: 'oauthbearertoken',
    primary: true,
  },
  okta: {
    authorizationType: 'HTTP Header',
    secret: valueToSend,
    fields: ({ header }, _, secret) => [
      { field: 'HTTP header name', value: header },
      { field: 'HTTP header value', ...secret },
    ],
  },
  login: (settings, _, token) => ({ [settings.header]: valueToSend(settings, token) }),
  isSet: ({ token }) => (token?.reveal() ?? '') !== '',
  *check(settings): Generator<SettingFault> {
    const { username, password } = settings;
    if (username !== undefined || password)
      yield { setting: 'username', text: 'has no effect with method "header"', warning: true };
    if (settings.client_id !== undefined)
      yield { setting: 'client_id', text: 'has no effect with method "header"', warning: true };
    yield* weakness('token', settings);
  },
  create: (settings, issued) => new HeaderToken(settings, issued),
};
