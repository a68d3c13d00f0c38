import { ScimError } from '../../scim/error.ts';
import type { Context, Next } from '../context.ts';
import type { Mount } from '../mount.ts';
import { findMount } from '../request/find-mount.ts';
import { refuseAmbiguous, refuseRepeated } from '../request/single-headers.ts';
import { refuseBrowsers } from './local-only.ts';

const OVERRIDABLE: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE']);

/** POST may stand for another method (SCIM 1.1 API §3.12); routing, rules and log use that one. */
function overrideMethod(context: Context): void {
  const wanted = context.get('X-HTTP-Method-Override').trim().toUpperCase();
  if (context.method !== 'POST' || wanted === '') return;
  if (!OVERRIDABLE.has(wanted))
    throw new ScimError('invalidValue', 'X-HTTP-Method-Override must be PUT, PATCH or DELETE', {
      fault: 'header-invalid',
    });
  context.method = wanted;
}

/**
 * What the client takes of what is offered; `undefined`: nothing. Parameters such as `charset=utf-8` make no other format of
 * it, though a negotiator by the book says so.
 */
function acceptedBy({ headers, request, state }: Context): string | undefined {
  const { acceptable } = state.mount.protocol;
  // Most clients ask for one of these and nothing else; negotiating takes longer than all else here.
  if (headers.accept === undefined) return acceptable[0];
  if (acceptable.includes(headers.accept)) return headers.accept;
  headers.accept = headers.accept.replace(/;\s*(?!q\s*=)[^;,=\s]+\s*=\s*(?:"[^"]*"|[^;,]*)/gi, '');
  // The first of ours wherever it will do, whatever else is named before it.
  return request.accepts(acceptable[0] ?? '') || request.accepts([...acceptable]) || undefined;
}

/** @throws invalidSyntax for the absolute form of a request's target with an impossible host */
function pathOf(context: Context): string {
  try {
    return context.path;
  } catch {
    throw new ScimError('invalidSyntax', 'the URL of the request is not valid', { fault: 'url-invalid' });
  }
}

/**
 * Finds the mount, and lets a request in: method, path, credential, media type, in that order.
 * @throws invalidSyntax, notFound, forbidden, unauthorized, throttled, unavailable, notAcceptable
 */
export const admission =
  (mounts: () => readonly Mount[]) =>
  async (context: Context, next: Next): Promise<void> => {
    const { state } = context;
    refuseAmbiguous(context.req);
    overrideMethod(context);
    const { mount, path: below } = findMount(pathOf(context), mounts());
    state.mount = mount;
    state.call.client = { ...state.call.client, scim: mount.protocol.version };
    state.baseUrl = `${mount.externalOrigin ?? state.origin}${mount.path}`;
    if (mount.offer.open) refuseBrowsers(context, mount.externalOrigin);
    const { path, format } = mount.protocol.readFormat(below);
    refuseRepeated(context.req, mount.authenticator.header);
    const { headers } = context;
    const isAnonymous = headers[mount.authenticator.header.toLowerCase()] === undefined;
    if (!(isAnonymous && mount.protocol.isPublic(path))) {
      const { actor, warning } = await mount.authenticator.authenticate({ headers, address: state.address });
      state.call.actor = actor;
      if (warning !== undefined) state.hint = warning;
    }
    const refusal = mount.refusal?.();
    if (refusal) throw refusal;
    if (format === 'other')
      throw new ScimError('notAcceptable', 'XML is not supported; ask for JSON', { fault: 'format-not-offered' });
    const accepted = format === undefined ? acceptedBy(context) : mount.protocol.mediaType;
    if (accepted === undefined) {
      throw new ScimError(
        'notAcceptable',
        'only application/json is offered; XML and other formats are not supported',
        { fault: 'format-not-offered' },
      );
    }
    state.mediaType = mount.protocol.answerTo(accepted);
    state.path = path;
    await next();
  };
