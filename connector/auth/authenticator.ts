import type { IncomingHttpHeaders } from 'node:http';
import type { Notices } from '../log/notices.ts';
import { ScimError } from '../scim/error.ts';
import { sameSecret } from '../secrets/secret-equality.ts';
import type { CredentialStore, Verdict } from './credentials/credential-store.ts';
import { presentedLogin, presentedToken, schemeOf } from './methods/authorization-header.ts';
import type { Throttle } from './throttle.ts';

/** How Okta's "Authorization type" is set for the app (contract §4). */
export type Method = 'header' | 'basic' | 'none';

/** From the configuration: never written anywhere. Empty ones count as absent. */
export interface FixedCredential {
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

export interface AuthenticatorOptions {
  readonly method: Method;
  /** For `header`. */
  readonly header?: string | undefined;
  readonly fixed?: FixedCredential | undefined;
  readonly store?: CredentialStore | undefined;
  /** The app's name in the configuration. */
  readonly app: string;
  readonly throttle: Throttle;
  readonly log: Notices;
}

export interface Presented {
  readonly headers: IncomingHttpHeaders;
  /** The client's, for throttling. */
  readonly address: string;
}

export interface Authenticator {
  /** Where the credential is expected. */
  readonly header: string;
  /** For `WWW-Authenticate`. */
  readonly challenge: string;
  /** @throws unauthorized, throttled (after too many failures; good credentials are never refused) */
  authenticate(presented: Presented): Promise<{ readonly actor: string; readonly warning?: string }>;
}

const REALM = 'realm="scim-connector"';
const NO_BEARER = 'the value lacks the word Bearer: enter Bearer, a space and the token in Okta';

/** A refusal; `counts` unless nothing was presented: clients may ask first without credentials to see the challenge. */
interface Refusal {
  readonly refused: string;
  readonly counts: boolean;
}
type Judgement = { readonly actor: string; readonly warning?: string } | Refusal;

const refuse = (refused: string, counts = true): Refusal => ({ refused, counts });

export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { method, throttle, log } = options;
  const header = method === 'header' ? (options.header ?? 'Authorization') : 'Authorization';
  const judge = JUDGES[method];
  let warned = false;
  return {
    header,
    challenge: method === 'basic' ? `Basic ${REALM}, charset="UTF-8"` : `Bearer ${REALM}`,
    authenticate: async ({ headers, address }) => {
      const outcome = await judge(headers, { ...options, header });
      if (!('refused' in outcome)) {
        if (outcome.warning !== undefined && !warned) log.warn(`app ${options.app}: ${outcome.warning}`);
        warned ||= outcome.warning !== undefined;
        return outcome;
      }
      const { refused, counts } = outcome;
      const tooMany = counts ? throttle.fail(address) : undefined;
      if (tooMany === undefined) throw new ScimError('unauthorized', refused);
      const { retryAfter, first } = tooMany;
      if (first) log.warn(`app ${options.app}: too many failed attempts from ${address}, answering 429`);
      throw new ScimError('throttled', `${refused} (too many failed attempts, try again in ${retryAfter} s)`, {
        retryAfter,
      });
    },
  };
}

interface Rules extends AuthenticatorOptions {
  readonly header: string;
}

const JUDGES: Readonly<Record<Method, (headers: IncomingHttpHeaders, rules: Rules) => Promise<Judgement>>> = {
  header: byToken,
  basic: byLogin,
  none: async () => ({ actor: 'anonymous' }),
};

async function byToken(headers: IncomingHttpHeaders, { header, fixed, store, app }: Rules): Promise<Judgement> {
  const own = fixed?.token ?? '';
  if (own === '' && !store?.has('token', app)) return refuse(noneYet('token add NAME'), false);
  const value = headerValue(headers, header);
  const standard = header.toLowerCase() === 'authorization';
  if (value === '') return refuse(missing(header, headers, standard), false);
  const { candidates, hasBearer } = presentedToken(value);
  const warning = standard && !hasBearer ? { warning: NO_BEARER } : {};
  let failed: Verdict = { accepted: false, why: 'unknown' };
  for (const token of candidates) {
    if (own !== '' && sameSecret(own, token)) return { actor: 'configured', ...warning };
    const verdict = store?.verifyToken(token, app);
    if (verdict?.accepted) return { actor: verdict.name, ...warning };
    if (verdict && verdict.why !== 'unknown') failed = verdict;
  }
  const scheme = schemeOf(value);
  if (standard && !hasBearer && scheme !== undefined && scheme !== value) {
    return refuse(
      `this connector expects the word Bearer and a token, the request has ${known(scheme)}: choose HTTP Header in Okta`,
    );
  }
  if (/^bearer$/i.test(value)) return refuse('the word Bearer is not followed by a token');
  return refuse(reason(failed, 'the token', 'token add NAME'));
}

async function byLogin(headers: IncomingHttpHeaders, { fixed, store, app }: Rules): Promise<Judgement> {
  const username = (fixed?.username ?? '').normalize('NFC');
  const password = (fixed?.password ?? '').normalize('NFC');
  const hasFixed = username !== '' && password !== '';
  if (!hasFixed && !store?.has('basic', app)) return refuse(noneYet('token add NAME --basic USERNAME'), false);
  const value = headerValue(headers, 'authorization');
  if (value === '') {
    return refuse(
      'the request has no Authorization header: choose Basic Auth in Okta and enter user name and password',
      false,
    );
  }
  const scheme = schemeOf(value);
  if (scheme?.toLowerCase() !== 'basic') {
    const found = scheme === undefined || scheme === value ? 'something else' : known(scheme);
    return refuse(`this connector expects Basic credentials, the request has ${found}: choose Basic Auth in Okta`);
  }
  const login = presentedLogin(value);
  if (typeof login === 'string') return refuse(login);
  if (hasFixed) {
    const [sameName, samePassword] = [sameSecret(username, login.username), sameSecret(password, login.password)];
    if (sameName && samePassword) return { actor: 'configured' };
  }
  const verdict = await store?.verifyBasic(login.username, login.password, app);
  if (verdict?.accepted) return { actor: verdict.name };
  return refuse(reason(verdict, 'the user name or password', 'token add NAME --basic USERNAME'));
}

/** Nothing in quotation marks: the log leaves out what stands in them, because elsewhere that is what a client sent. */
function reason(verdict: Verdict | undefined, what: string, command: string): string {
  if (verdict?.accepted === false && verdict.why === 'expired')
    return `${what} has expired: make a new one with ${command}`;
  if (verdict?.accepted === false && verdict.why === 'otherApp') return `${what} is for another app of this connector`;
  if (verdict?.accepted === false && verdict.why === 'busy')
    return `${what} cannot be checked now: try again in a moment`;
  return `${what} is not accepted: see token list, or make a new one with ${command}`;
}

const noneYet = (command: string): string =>
  `this connector has no credential yet: make one on its host with ${command}`;

const missing = (header: string, headers: IncomingHttpHeaders, standard: boolean): string =>
  `the request has no ${header} header${!standard && headers.authorization ? ', only Authorization' : ''}: choose HTTP Header in Okta and enter ${
    standard ? 'Bearer, a space and a token' : 'this name and a token'
  }`;

/** A name of ours for the scheme, never the client's text: it may be the first word of a secret. */
const known = (scheme: string): string =>
  ['Basic', 'Bearer', 'Digest', 'Negotiate', 'NTLM', 'OAuth'].find(
    (name) => name.toLowerCase() === scheme.toLowerCase(),
  ) ?? 'another scheme';

function headerValue(headers: IncomingHttpHeaders, header: string): string {
  const value = headers[header.toLowerCase()];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
}
