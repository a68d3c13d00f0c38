import type { Context } from '../context.ts';
import type { Mount } from '../mount.ts';

const TOKEN = '/oauth2/token';
const METADATA = '/.well-known/oauth-authorization-server';

/** Where the app is, without the version of SCIM. */
const rootOf = ({ path, protocol }: Mount): string => path.slice(0, -`/${protocol.segment}`.length);

export interface Place {
  readonly mount: Mount;
  readonly is: 'token' | 'metadata';
}

/**
 * Whether a path is one of those at which an app gives out access tokens or says so. The metadata are at the place of
 * RFC 8414 §3.1, and below the issuer, which a proxy in front of a prefix passes on.
 */
export function placeOf(path: string, mounts: readonly Mount[]): Place | undefined {
  if (!path.endsWith(TOKEN) && !path.includes(METADATA)) return undefined;
  for (const mount of mounts) {
    if (!mount.authenticator.grants) continue;
    const root = rootOf(mount);
    if (path === `${root}${TOKEN}`) return { mount, is: 'token' };
    if (path === `${METADATA}${root}` || path === `${root}${METADATA}`) return { mount, is: 'metadata' };
  }
  return undefined;
}

export interface Addresses {
  readonly issuer: string;
  readonly token: string;
}

/**
 * As the client sees them; none where it calls us by a name that need not be ours: what was signed for another server must not
 * be good here because somebody wrote that server's name into `Host`.
 */
export function addressesOf({ req, state: { origin } }: Context, mount: Mount): Addresses | undefined {
  const { externalOrigin, isOwnOrigin } = mount;
  if (externalOrigin === undefined && !isOwnOrigin?.(origin, req.socket.localPort)) return undefined;
  const issuer = `${externalOrigin ?? origin}${rootOf(mount)}`;
  return { issuer, token: `${issuer}${TOKEN}` };
}
