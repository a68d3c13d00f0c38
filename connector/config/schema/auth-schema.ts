import * as z from 'zod';
import { METHOD_NAMES } from '../../auth/methods.ts';
import { optional, secret } from '../vocabulary/scalars.ts';

/** RFC 9110 §5.6.2: a header's name is a token. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Of [auth] and [apps.NAME.auth] alike: what an app leaves out is taken from [auth]. */
export const auth = z.strictObject({
  method: optional(z.enum(METHOD_NAMES), {
    description: 'Authorization type set in Okta. "none" is refused unless listening on loopback',
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
});
