import type { OAuthFault } from '../../scim/fault-code.ts';
import type { Faults } from '../fault.ts';

const CLIENT = 'whoever runs the client' as const;
const CHECK = { run: ['scim-connector check'] };
const PAGE = 'How a client asks, with commands to copy: docs/oauth.md.';

/** Clients that log in by OAuth (auth.method = "oauth"). */
export const OAUTH_FAULTS: Faults<OAuthFault> = {
  'token-request-invalid': {
    title: 'A request for an access token is not made as it should be',
    meaning:
      'The token endpoint takes a form by POST: grant_type=client_credentials, client_assertion_type and client_assertion, each once. The text names what is missing or wrong. No client secret is taken.',
    whose: CLIENT,
    fix: ['Correct the request.', PAGE],
    retry: 'after the fix',
    example: 'grant_type is missing; send grant_type=client_credentials',
    patterns: [
      /grant_type (is missing|must be)/,
      /client_assertion(_type)? (is missing|must be)/,
      /this client has no secret/,
      /the only scope is/,
      /the token request/,
      /is not known by the host name/,
    ],
  },
  'assertion-refused': {
    title: 'The signed JWT of a client is refused',
    meaning:
      'The client must sign with its own key: RS256, PS256, ES256 or EdDSA; iss and sub are the client_id, aud is the token endpoint or the issuer, exp at most 10 minutes ahead, jti another one each time. The text names the one that is wrong.',
    whose: CLIENT,
    fix: [
      'Correct what the text names. If it is the signature or the kid, see which keys the connector finds:',
      CHECK,
      'If it is a time, set the clocks of both machines.',
    ],
    retry: 'after the fix',
    example: 'the client_assertion is refused: it has expired; make a new one for each request, and compare the clocks',
    patterns: [/the client_assertion is refused/, /the client_id is not the one/],
  },
  'assertion-used': {
    title: 'A signed JWT was presented a second time',
    meaning:
      'Each is good for one request: who copies one on the way gets nothing for it. The client sent the same again, or two programs draw the same jti.',
    whose: CLIENT,
    fix: [
      'Sign a new one, with a new random jti, for each request to the token endpoint. Keep the access token until it expires.',
    ],
    retry: 'after the fix',
    example: 'an assertion with this jti has been used before; make a new one for each request',
    patterns: [/this jti has been used before/],
  },
  'assertions-too-many': {
    title: 'A client has more signed JWTs in force than are remembered',
    meaning:
      'Each that was used is remembered until it expires, so that none is good twice. There is no room for more: the client asks for access tokens far too often.',
    whose: CLIENT,
    fix: ['Keep an access token until it expires (expires_in) instead of asking for one before each request.'],
    retry: 'itself',
    example: 'too many assertions of this client are in force; let them end sooner',
    patterns: [/too many assertions of this client/],
  },
  'client-keys-unavailable': {
    title: 'The public keys of a client cannot be had',
    meaning:
      'Without them no signature can be judged. The connector fetches them from auth.jwks_uri by https, without following redirects, 64 KiB at most within 5 s, or reads auth.jwks_file. Clients that have an access token work on.',
    whose: "the connector's host",
    fix: ['See what is wrong with them:', CHECK, 'For a server of your own authority name it in auth.jwks_ca_file.'],
    retry: 'itself',
    example: 'the keys of this client cannot be had: nothing listens there',
    patterns: [/the keys of this client cannot be had/, /the keys of an OAuth client cannot be fetched/],
  },
  'access-token-refused': {
    title: 'An access token is not accepted',
    meaning:
      'It has expired, was cut off, is for another app, was made by another connector that does not share [server] cursor_key with this one, or the client has been taken out of the configuration.',
    whose: CLIENT,
    fix: ['Ask the token endpoint of this app for another one, and send it as Authorization: Bearer TOKEN.', PAGE],
    retry: 'after the fix',
    example: 'the access token has expired: ask the token endpoint for another one',
    patterns: [/the access token (has expired|is for another app|is none of)/, /no access token after the word Bearer/],
  },
};
