import { SCOPE } from '../../auth/oauth/access-tokens.ts';
import { ALGORITHMS } from '../../auth/oauth/assertion.ts';
import { GRANT_TYPE } from '../../auth/oauth/token-issuer.ts';
import { ScimError } from '../../scim/error.ts';
import type { Context, Next } from '../context.ts';
import type { Mount } from '../mount.ts';
import { refuseAmbiguous } from '../request/single-headers.ts';
import { formBody } from './form-body.ts';
import { oauthError } from './oauth-error.ts';
import { type Addresses, addressesOf, placeOf } from './places.ts';

function refuseMethod(context: Context, allowed: string): never {
  context.set('Allow', allowed);
  throw new ScimError('methodNotAllowed', `${context.method} is not allowed here; allowed: ${allowed}`, {
    fault: 'method-not-allowed',
  });
}

/** RFC 8414 §2. */
function describe(context: Context, { issuer, token }: Addresses): void {
  if (context.method !== 'GET' && context.method !== 'HEAD') refuseMethod(context, 'GET, HEAD');
  context.body = {
    issuer,
    token_endpoint: token,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ALGORITHMS,
    grant_types_supported: [GRANT_TYPE],
    response_types_supported: [],
    scopes_supported: [SCOPE],
  };
}

async function grant(context: Context, { authenticator }: Mount, { issuer, token }: Addresses): Promise<void> {
  if (context.method !== 'POST') refuseMethod(context, 'POST');
  const { state } = context;
  const granted = await authenticator.grant(
    { form: await formBody(context), hasHeader: context.get('Authorization') !== '', audiences: [token, issuer] },
    state.address,
  );
  state.call.actor = granted.actor;
  context.set('Pragma', 'no-cache');
  context.body = {
    access_token: granted.token,
    token_type: 'Bearer',
    expires_in: granted.expiresIn,
    scope: granted.scope,
  };
}

/**
 * The endpoints at which apps give out access tokens, beside those of SCIM and without a credential.
 * @throws GrantRefused, methodNotAllowed, unsupportedMediaType, tooLarge, invalidSyntax
 */
export const authorization =
  (mounts: () => readonly Mount[]) =>
  async (context: Context, next: Next): Promise<void> => {
    const [path = ''] = context.url.split('?', 1);
    const place = placeOf(path, mounts());
    if (!place) return next();
    const { mount, is } = place;
    const { state } = context;
    state.mount = mount;
    state.refusal = oauthError;
    // Okta, which repeats a 429 by itself, never asks here.
    state.passingStatus = 503;
    state.route = path;
    refuseAmbiguous(context.req);
    const addresses = addressesOf(context, mount);
    if (!addresses)
      throw new ScimError(
        'invalidSyntax',
        'this connector is not known by the host name of the request: set server.base_url to the URL that clients use',
        { fault: 'token-request-invalid' },
      );
    if (is === 'metadata') describe(context, addresses);
    else await grant(context, mount, addresses);
  };
