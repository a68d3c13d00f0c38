import { ScimError } from '../../scim/error.ts';
import type { Mount } from '../mount.ts';

export interface Target {
  readonly mount: Mount;
  /** The path below the application's, e.g. `/Users/42`. */
  readonly path: string;
}

/** `//Users/` → `/Users`: admins paste base URLs with and without the slash (docs/okta-agent.md, Settings in Okta). */
const tidy = (path: string): string => path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');

const isBelow = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

const ENDPOINT = /^\/(Users|Groups|Bulk|Schemas|ServiceProviderConfigs?|ResourceTypes)(\/|\.|$)/;

/**
 * Finds the mount that a URL path means. Without a version the latest is meant, which is 1.1
 * (SCIM 1.1 API §3.10); any other version is refused and never served as this one.
 * @throws notFound with the base URL to use
 */
export function findTarget(rawPath: string, mounts: readonly Mount[]): Target {
  const path = tidy(rawPath);
  for (const mount of mounts) {
    if (isBelow(path, mount.path)) return { mount, path: path.slice(mount.path.length) || '/' };
  }
  for (const mount of mounts) {
    const unversioned = mount.path.replace(/\/v1$/, '');
    if (!isBelow(path, unversioned)) continue;
    const rest = path.slice(unversioned.length) || '/';
    if (ENDPOINT.test(rest)) return { mount, path: rest };
    if (/^\/v\d+(\/|$)/.test(rest)) {
      throw new ScimError('notFound', `this connector speaks SCIM 1.1: use ${mount.path}/ in the base URL`);
    }
  }
  const [first] = mounts;
  const hint = mounts.length === 1 && first ? `; the base URL ends in ${first.path}/` : '';
  throw new ScimError('notFound', `there is nothing at this path${hint}`);
}

/** A format suffix (SCIM 1.1 API §3.6) beats the Accept header; `.json` is no part of the path. */
export function readSuffix(path: string): { readonly path: string; readonly suffix?: 'json' | 'xml' } {
  if (/\.xml$/i.test(path)) return { path, suffix: 'xml' };
  return /.\.json$/i.test(path) ? { path: path.slice(0, -'.json'.length), suffix: 'json' } : { path };
}
