import { ScimError } from '../../scim/error.ts';
import type { Context, Next } from '../context.ts';
import type { Mount } from '../mount.ts';
import { findTarget, readSuffix } from '../request/find-mount.ts';
import type { RequestCall } from './call.ts';
import { refuseBrowsers } from './local-only.ts';

const JSON_TYPES = ['application/json', 'application/scim+json', 'text/json'];
const OVERRIDABLE: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE']);

/** POST may stand for another method (SCIM 1.1 API §3.12); routing, rules and log use that one. */
function overrideMethod(context: Context): void {
  const wanted = context.get('X-HTTP-Method-Override').trim().toUpperCase();
  if (context.method !== 'POST' || wanted === '') return;
  if (!OVERRIDABLE.has(wanted))
    throw new ScimError('invalidValue', 'X-HTTP-Method-Override must be PUT, PATCH or DELETE');
  context.method = wanted;
}

/** Parameters such as `charset=utf-8` make no other format of it, though a negotiator by the book says so. */
function acceptsJson({ headers, request }: Context): boolean {
  headers.accept = headers.accept?.replace(/;\s*(?!q\s*=)[^;,=\s]+\s*=\s*(?:"[^"]*"|[^;,]*)/gi, '');
  return request.accepts(JSON_TYPES) !== false;
}

/** @throws invalidSyntax for the absolute form of a request's target with an impossible host */
function pathOf(context: Context): string {
  try {
    return context.path;
  } catch {
    throw new ScimError('invalidSyntax', 'the URL of the request is not valid');
  }
}

/** Okta's test of the connector and the authentication schemes themselves can be read before any credential is known. */
const isPublic = (path: string): boolean => /^\/ServiceProviderConfigs?$/.test(path);

const presentsCredential = (context: Context, mount: Mount): boolean =>
  context.get('Authorization') !== '' || context.get(mount.authenticator.header) !== '';

/**
 * Finds the mount, and lets a request in: method, path, credential, media type, in that order.
 * @throws notFound, forbidden, unauthorized, throttled, notAcceptable
 */
export const admission =
  (mounts: () => readonly Mount[]) =>
  async (context: Context, next: Next): Promise<void> => {
    const { state } = context;
    overrideMethod(context);
    const target = findTarget(pathOf(context), mounts());
    const { mount } = target;
    state.mount = mount;
    state.baseUrl = `${mount.externalOrigin ?? state.origin}${mount.path}`;
    if (mount.offer.authentication === 'none') refuseBrowsers(context, mount.externalOrigin);
    const { path, suffix } = readSuffix(target.path);
    if (!isPublic(path) || presentsCredential(context, mount)) {
      const { actor, warning } = await mount.authenticator.authenticate({
        headers: context.headers,
        address: state.address,
      });
      (state.call as RequestCall).actor = actor;
      state.trace.actor = actor;
      if (warning !== undefined) state.trace.hint = warning;
    }
    if (suffix === 'xml') throw new ScimError('notAcceptable', 'XML is not supported; ask for JSON');
    if (suffix === undefined && !acceptsJson(context)) {
      throw new ScimError('notAcceptable', 'only application/json is offered; XML and other formats are not supported');
    }
    context.path = path;
    await next();
  };
