import { ScimError } from '../../scim/error.ts';
import type { Application } from '../application.ts';

export interface Target {
  readonly application: Application;
  /** The path below the application's, e.g. `/Users/42`. */
  readonly path: string;
}

/** `//Users/` → `/Users`: admins paste base URLs with and without the slash (Okta contract §4). */
const tidy = (path: string): string => path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');

const isBelow = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

const ENDPOINT = /^\/(Users|Groups|Bulk|Schemas|ServiceProviderConfigs?|ResourceTypes)(\/|\.|$)/;

/**
 * Finds the application that a URL path means. Without a version the latest is meant, which is 1.1
 * (SCIM 1.1 API §3.10); any other version is refused and never served as this one.
 * @throws notFound with the base URL to use
 */
export function findTarget(rawPath: string, applications: readonly Application[]): Target {
  const path = tidy(rawPath);
  for (const application of applications) {
    if (isBelow(path, application.path)) return { application, path: path.slice(application.path.length) || '/' };
  }
  for (const application of applications) {
    const unversioned = application.path.replace(/\/v1$/, '');
    if (!isBelow(path, unversioned)) continue;
    const rest = path.slice(unversioned.length) || '/';
    if (ENDPOINT.test(rest)) return { application, path: rest };
    if (/^\/v\d+(\/|$)/.test(rest)) {
      throw new ScimError('notFound', `this connector speaks SCIM 1.1: use ${application.path}/ in the base URL`);
    }
  }
  const [first] = applications;
  const hint = applications.length === 1 && first ? `; the base URL ends in ${first.path}/` : '';
  throw new ScimError('notFound', `there is nothing at this path${hint}`);
}

/** A format suffix (SCIM 1.1 API §3.6) beats the Accept header; `.json` is no part of the path. */
export function readSuffix(path: string): { readonly path: string; readonly suffix?: 'json' | 'xml' } {
  if (/\.xml$/i.test(path)) return { path, suffix: 'xml' };
  return /.\.json$/i.test(path) ? { path: path.slice(0, -'.json'.length), suffix: 'json' } : { path };
}
