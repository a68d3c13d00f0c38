import { ScimError } from '../../scim/error.ts';
import type { Mount } from '../mount.ts';

export interface FoundMount {
  readonly mount: Mount;
  /** The path below the mount's, e.g. `/Users/42`. */
  readonly path: string;
}

/** `//Users/` → `/Users`: admins paste base URLs with and without the slash (docs/okta-agent.md, Settings in Okta). */
const tidy = (path: string): string =>
  path.includes('//') || path.endsWith('/') ? path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '') : path;

const isBelow = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

const segmentOf = (path: string): string => path.split('/', 2)[1] ?? '';

/** Whether the path below a mount leads to one of its endpoints, with or without a suffix for the format. */
function isEndpoint({ protocol }: Mount, path: string): boolean {
  const [segment = ''] = segmentOf(path).split('.', 1);
  return protocol.routes.some((route) => segmentOf(route.path) === segment);
}

const atSlash = ({ spoken }: Mount, between: string): string => spoken.map(({ path }) => `${path}/`).join(between);

/** A version that the app is not served in, or none, where none is meant. @throws notFound always */
function refuseVersion(mount: Mount): never {
  const names = mount.spoken.map(({ protocol }) => protocol.name).join(' and ');
  throw new ScimError('notFound', `this connector speaks ${names}: use ${atSlash(mount, ' or ')} in the base URL`, {
    fault: 'base-url-version',
  });
}

/**
 * Finds the mount that a URL path means. A base URL without a version means the protocol that says so; any other version
 * is refused and never served as this one.
 * @throws notFound with the base URL to use
 */
export function findMount(rawPath: string, mounts: readonly Mount[]): FoundMount {
  const path = tidy(rawPath);
  for (const mount of mounts) {
    if (isBelow(path, mount.path)) return { mount, path: path.slice(mount.path.length) || '/' };
  }
  for (const mount of mounts) {
    const { protocol } = mount;
    const unversioned = mount.path.slice(0, -`/${protocol.segment}`.length);
    if (!isBelow(path, unversioned)) continue;
    const rest = path.slice(unversioned.length) || '/';
    if (isEndpoint(mount, rest)) {
      if (!protocol.unversioned) refuseVersion(mount);
      return { mount, path: rest };
    }
    if (/^\/v\d+(\/|$)/i.test(rest)) refuseVersion(mount);
  }
  const [first] = mounts;
  const isOnly = first && mounts.every(({ app }) => app === first.app);
  const hint = isOnly ? `; the base URL ends in ${atSlash(first, ' or ')}` : '';
  throw new ScimError('notFound', `there is nothing at this path${hint}`, { fault: 'path-unknown' });
}
