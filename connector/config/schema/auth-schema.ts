import * as z from 'zod';
import { METHOD_NAMES } from '../../auth/methods.ts';
import { duration, optional, path, secret } from '../vocabulary/scalars.ts';

/** RFC 9110 §5.6.2: a header's name is a token. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function isKeyPlace(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}

/** Of [auth] and [apps.NAME.auth] alike: what an app leaves out is taken from [auth]. */
export const auth = z.strictObject({
  method: optional(z.enum(METHOD_NAMES), {
    description:
      'Authorization type set in Okta. "oauth" is for clients that sign (docs/oauth.md), "none" is refused unless listening on loopback',
    computed: '"basic" when a username is set, otherwise "header"',
    example: 'header',
  }),
  header: optional(z.string().regex(HEADER_NAME, 'must be the name of an HTTP header'), {
    description: 'Header that carries the token',
    computed: '"Authorization"',
    example: 'Authorization',
  }),
  token: secret({ description: 'A fixed token, besides those made with "token add"' }).exactOptional(),
  username: optional(z.string().regex(/^[^:\p{Cc}]+$/u, 'must hold no colon and no control character (RFC 7617)'), {
    description: 'User name for "basic"',
    example: 'okta',
  }),
  password: secret({ description: 'Password for "basic"' }).exactOptional(),
  client_id: optional(z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters'), {
    description: 'The client that "oauth" gives access tokens to; logs and journal show it as the actor',
    example: 'okta',
  }),
  jwks_uri: optional(z.string().refine(isKeyPlace, 'must be an https:// URL without user name and password'), {
    description: 'Where the public keys of the client are published, as a JWK Set (docs/oauth.md)',
    example: 'https://idp.corp.example/oauth2/v1/keys',
  }),
  jwks_file: path({
    description: 'Its public keys in a file instead: a JWK Set, or PEM',
    example: 'oauth-keys.json',
  }).exactOptional(),
  jwks_ca_file: path({
    description: 'CA certificates, PEM, that are trusted for jwks_uri instead of the usual ones',
    example: 'corp-ca.pem',
  }).exactOptional(),
  token_life: duration('1m', '1d', {
    description: 'How long an access token of "oauth" is good',
    computed: '1h',
    example: '1h',
  }).exactOptional(),
});
