import type { IncomingHttpHeaders } from 'node:http';
import { KnownSecret } from '../../secrets/secret-equality.ts';
import type { Attempt } from '../attempt.ts';
import type { AuthSettings, Issued, Method, Verdict } from '../method.ts';
import type { MethodKind, SettingFault } from '../method-kind.ts';
import { headerValue, knownScheme, schemeOf } from './authorization-header.ts';
import { type BasicLogin, parseBasicLogin } from './basic-login.ts';
import { isKnown, isUnknown } from './known-elsewhere.ts';
import { REALM } from './realm.ts';
import { refuse, refuseAll, refuseVerified, SUSPENDED } from './refusal.ts';
import { weakness } from './weak-secret.ts';

const COMMAND = 'token add NAME --basic USERNAME';

/** A user name and a password, as RFC 7617 has it. */
class Basic implements Method {
  readonly header = 'Authorization';
  readonly challenge = `Basic ${REALM}, charset="UTF-8"`;
  readonly #issued: Issued;
  readonly #own: OwnLogin | undefined;

  constructor(settings: AuthSettings, issued: Issued) {
    this.#issued = issued;
    this.#own = ownLogin(settings);
  }

  async judge(headers: IncomingHttpHeaders, attempt: Attempt): Promise<Verdict> {
    const { app, store } = this.#issued;
    if (!this.#own && !(await isKnown(store, 'basic', app))) return refuseAll(COMMAND);
    const value = headerValue(headers, this.header);
    if (value === '') {
      return refuse(
        'credential-missing',
        'the request has no Authorization header: choose Basic Auth in Okta and enter user name and password',
        false,
      );
    }
    const scheme = schemeOf(value);
    if (scheme?.toLowerCase() !== 'basic') {
      const found = scheme === undefined || scheme === value ? 'something else' : knownScheme(scheme);
      return refuse(
        'credential-of-wrong-kind',
        `this connector expects Basic credentials, the request has ${found}: choose Basic Auth in Okta`,
      );
    }
    const login = parseBasicLogin(value);
    if (typeof login === 'string') return refuse('credential-of-wrong-kind', login);
    const mayCompare = this.#own !== undefined && attempt.mayGuess();
    if (mayCompare && isSame(this.#own, login)) return { actor: 'configured' };
    const verdict = await this.#verify(login, attempt, mayCompare);
    return isUnknown(verdict) && (await store?.learn()) ? this.#verify(login, attempt, mayCompare) : verdict;
  }

  async #verify({ username, password }: BasicLogin, attempt: Attempt, mayCompare: boolean): Promise<Verdict> {
    const { app, store } = this.#issued;
    const verification = await store?.verifyBasic(username, password, app, attempt);
    if (verification?.accepted) return { actor: verification.name };
    if (this.#own && !mayCompare) return SUSPENDED;
    return refuseVerified(verification, 'the user name or password', COMMAND);
  }
}

interface OwnLogin {
  readonly username: KnownSecret;
  readonly password: KnownSecret;
}

/** The one that the configuration holds, if it is whole. */
function ownLogin(settings: AuthSettings): OwnLogin | undefined {
  const username = (settings.username ?? '').normalize('NFC');
  const password = (settings.password?.reveal() ?? '').normalize('NFC');
  if (username === '' || password === '') return undefined;
  return { username: new KnownSecret(username), password: new KnownSecret(password) };
}

/** Both are compared in any case, so that the time taken does not tell which is wrong. */
function isSame(own: OwnLogin, login: BasicLogin): boolean {
  const [sameName, samePassword] = [own.username.equals(login.username), own.password.equals(login.password)];
  return sameName && samePassword;
}

export const basic: MethodKind<'basic'> = {
  name: 'basic',
  open: false,
  credential: 'basic',
  scheme: {
    name: 'HTTP Basic',
    description: 'A user name and a password made by this connector',
    specUrl: 'https://www.rfc-editor.org/rfc/rfc7617',
    type: 'httpbasic',
    primary: true,
  },
  okta: {
    authorizationType: 'Basic Auth',
    secret: (_, password) => password,
    fields: (_, username, secret) => [
      { field: 'Username', value: username },
      { field: 'Password', ...secret },
    ],
  },
  login: (_, username, password) => ({
    Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
  }),
  isSet: (settings) => ownLogin(settings) !== undefined,
  *check(settings): Generator<SettingFault> {
    const { username, password, token } = settings;
    if (username !== undefined && !password)
      yield { setting: 'password', text: 'missing; method "basic" with a username needs it' };
    if (username === undefined && password)
      yield { setting: 'username', text: 'missing; method "basic" with a password needs it' };
    yield* weakness('password', settings);
    if (settings.client_id !== undefined)
      yield { setting: 'client_id', text: 'has no effect with method "basic"', warning: true };
    if (token) yield { setting: 'token', text: 'has no effect with method "basic"', warning: true };
  },
  create: (settings, issued) => new Basic(settings, issued),
};
