import { ScimError } from '../../scim/error.ts';
import type { Context } from '../context.ts';

/** Also names of one label: nobody can have one of those point here from outside. */
const LOCAL = /^([^.:]+|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/** Whether a client that says `host` means this machine. @param host  as in the header */
export const isLocalHost = (host: string): boolean => LOCAL.test(host);

/**
 * Without a credential whoever reaches the port may do everything, and every page in a browser on this host reaches
 * it. Browsers say so: pages of other sites send `Origin`, and a name that was rebound to this host stands in `Host`.
 * @param origin  the configured one, if any; its name is ours
 * @throws forbidden
 */
export function refuseBrowsers({ headers }: Context, origin: string | undefined): void {
  const { host = 'localhost', origin: page } = headers;
  const ours = isLocalHost(host) || (origin !== undefined && new URL(origin).host === host.toLowerCase());
  if (page === undefined && ours) return;
  throw new ScimError(
    'forbidden',
    'web pages may not call a connector that asks for no credential (auth.method = none)',
    { fault: 'web-page-refused' },
  );
}
