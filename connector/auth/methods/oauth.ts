import type { IncomingHttpHeaders } from 'node:http';
import type { FaultCode } from '../../scim/fault-code.ts';
import type { AuthSettings, Issued, Method, Verdict } from '../method.ts';
import type { MethodKind, SettingFault } from '../method-kind.ts';
import { AccessTokens } from '../oauth/access-tokens.ts';
import { fetchKeys } from '../oauth/fetch-keys.ts';
import { KeyFile } from '../oauth/key-file.ts';
import type { KeySource } from '../oauth/key-set.ts';
import { RemoteKeys } from '../oauth/remote-keys.ts';
import { TokenIssuer } from '../oauth/token-issuer.ts';
import { headerValue } from './authorization-header.ts';
import { REALM } from './realm.ts';
import { refuse } from './refusal.ts';

/** Of an access token where nothing is said. Unit: ms. */
export const TOKEN_LIFE = 3_600_000;

/** Of a token for an examination. Unit: ms. */
const EXAMINATION = 15 * 60_000;

const AGAIN = 'ask the token endpoint for another one';

/** RFC 6749 Appendix A.8: what an `error_description` may hold. */
const printable = (text: string): string => text.replaceAll('"', "'").replace(/[^\x20-\x7e]|\\/g, '?');

function keysOf(settings: AuthSettings, { log }: Pick<Issued, 'log'>): KeySource {
  const { jwks_uri: uri, jwks_file: file = '', jwks_ca_file: caFile } = settings;
  if (uri === undefined) return new KeyFile(file);
  return new RemoteKeys(() => fetchKeys({ uri, caFile }), log ?? { info: () => undefined, warn: () => undefined });
}

/** Access tokens that this connector gives to a client which signs for them (RFC 6749 §4.4, RFC 6750, RFC 7523 §2.2). */
class OAuth implements Method {
  readonly header = 'Authorization';
  readonly challenge = `Bearer ${REALM}`;
  readonly issuer: TokenIssuer | undefined;
  readonly #client: string;
  readonly #tokens: AccessTokens | undefined;

  constructor(settings: AuthSettings, issued: Issued) {
    const { app, tokens } = issued;
    this.#client = settings.client_id ?? '';
    if (!tokens) return;
    this.#tokens = new AccessTokens(app, tokens.key);
    this.issuer = new TokenIssuer({
      client: this.#client,
      keys: keysOf(settings, issued),
      tokens: this.#tokens,
      used: tokens.used,
      life: settings.token_life ?? TOKEN_LIFE,
    });
  }

  challengeAfter(fault: FaultCode | undefined, text: string): string {
    if (fault === 'credential-missing') return this.challenge;
    return `${this.challenge}, error="invalid_token", error_description="${printable(text)}"`;
  }

  async judge(headers: IncomingHttpHeaders): Promise<Verdict> {
    const value = headerValue(headers, this.header);
    if (value === '')
      return refuse(
        'credential-missing',
        `the request has no Authorization header: ${AGAIN}, and send Bearer, a space and it`,
        false,
      );
    const token = /^bearer +([\w.~+/-]+=*)$/i.exec(value)?.[1];
    if (token === undefined)
      return refuse('access-token-refused', `the request has no access token after the word Bearer: ${AGAIN}`);
    const read = this.#tokens?.read(token) ?? { flaw: 'unknown' };
    if ('client' in read && read.client === this.#client) return { actor: read.client };
    switch ('flaw' in read ? read.flaw : 'unknown') {
      case 'expired':
        return refuse('access-token-refused', `the access token has expired: ${AGAIN}`);
      case 'otherApp':
        return refuse(
          'access-token-refused',
          `the access token is for another app: ask the token endpoint of this one`,
        );
      case 'unknown':
        return refuse('access-token-refused', `the access token is none of this connector: ${AGAIN}`);
    }
  }
}

export const oauth: MethodKind<'oauth'> = {
  name: 'oauth',
  open: false,
  scheme: {
    name: 'OAuth 2.0 client credentials',
    description:
      'An access token of this connector, given to a client that proves itself by a signed JWT (private_key_jwt)',
    specUrl: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.4',
    type: 'oauth2',
    primary: true,
  },
  okta: {
    authorizationType: 'OAuth 2.0 client credentials, private_key_jwt (docs/oauth.md)',
    secret: (_, secret) => secret,
    fields: ({ client_id = '' }, _, __, root) => [
      { field: 'Client ID', value: client_id },
      { field: 'Token endpoint', value: `${root}/oauth2/token` },
      { field: 'Scope', value: 'scim' },
    ],
  },
  login: (_, __, token) => (token === '' ? {} : { Authorization: `Bearer ${token}` }),
  isSet: ({ client_id }) => client_id !== undefined,
  *check({ client_id, jwks_uri, jwks_file, jwks_ca_file, token, username, password }): Generator<SettingFault> {
    if (client_id === undefined) yield { setting: 'client_id', text: 'missing; method "oauth" needs it' };
    if (jwks_uri === undefined && jwks_file === undefined)
      yield { setting: 'jwks_uri', text: 'missing; method "oauth" needs it, or jwks_file' };
    if (jwks_uri !== undefined && jwks_file !== undefined)
      yield { setting: 'jwks_file', text: 'has no place beside jwks_uri; keep one of them' };
    if (jwks_ca_file !== undefined && jwks_uri === undefined)
      yield { setting: 'jwks_ca_file', text: 'has no effect without jwks_uri', warning: true };
    if (token) yield { setting: 'token', text: 'has no effect with method "oauth"', warning: true };
    if (username !== undefined || password)
      yield { setting: 'username', text: 'has no effect with method "oauth"', warning: true };
  },
  async examine(settings) {
    const { keys } = await keysOf(settings, {}).keys(undefined);
    return `${settings.client_id}: ${keys.length} key${keys.length === 1 ? '' : 's'} from ${settings.jwks_uri ?? settings.jwks_file}`;
  },
  ownToken: ({ client_id = '' }, app, key) => new AccessTokens(app, key).make(client_id, EXAMINATION),
  create: (settings, issued) => new OAuth(settings, issued),
};
