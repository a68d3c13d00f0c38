import type { Entitlements, Kind } from '../entitlements/entitlements.ts';
import { type Parameters, parseParameters } from '../protocol/parameters.ts';
import type { Encoding, EntitlementCodec } from '../protocol/protocol.ts';
import { decodedSegment } from '../protocol/segment.ts';
import { notFound, ScimError } from '../scim/error.ts';
import { fold } from '../scim/text.ts';
import type { Context } from './context.ts';
import type { ReadBody } from './resource-handlers.ts';
import { send } from './send.ts';

/** A kind of entitlements, and perhaps the id of one, as a path names them. */
interface Place {
  readonly kind: Kind;
  readonly id?: string;
}

/** `undefined` where the path is that of no kind. Endpoints have no case, as those of people. */
function placeAt(entitlements: Entitlements, path: string): Place | undefined {
  const [, endpoint = '', id, ...more] = path.split('/');
  const kind = entitlements.find(({ type }) => fold(type.endpoint) === fold(`/${endpoint}`));
  if (!kind || more.length > 0) return undefined;
  return id === undefined || id === '' ? { kind } : { kind, id };
}

const ONLY_READ = 'GET, HEAD';

async function answer(
  context: Context,
  codec: EntitlementCodec,
  { kind, id }: Place,
  parameters: Parameters,
): Promise<void> {
  const { mount, baseUrl, call } = context.state;
  const { type, catalogue } = kind;
  const encoding: Encoding = { baseUrl, versions: false, selection: codec.decodeSelection(type, parameters) };
  if (id !== undefined) {
    const wanted = decodedSegment(id);
    const found = (await catalogue.find(call, [wanted])).get(wanted);
    if (!found) throw notFound(type.name, wanted);
    return send(context, 200, codec.encode(type, found, encoding));
  }
  const request = codec.decodeList(type, parameters, baseUrl, mount.rules);
  const { startIndex, count, filter } = request;
  const limit = Math.min(count ?? Number.MAX_SAFE_INTEGER, mount.offer.maxResults);
  const offset = startIndex - 1;
  const page = await catalogue.list(call, { ...(filter ? { filter } : {}), offset, limit });
  const end = offset + page.resources.length;
  const hasMore = page.resources.length > 0 && end < page.total;
  return send(context, 200, codec.encodeList(type, hasMore ? { ...page, next: String(end) } : page, request, encoding));
}

/**
 * Answers what can be given, where the path asks for that. Definitions are the operator's and are only read here.
 * @returns `undefined` where the path asks for something else
 * @throws methodNotAllowed, notFound, invalidFilter, invalidPaging, unavailable
 */
export function answerCatalogue(context: Context, body: ReadBody): Promise<void> | undefined {
  const { mount, path, call } = context.state;
  const { entitlements = [], protocol, recorder } = mount;
  const codec = protocol.entitlements;
  const place = codec && placeAt(entitlements, path);
  if (!codec || !place) return undefined;
  const { kind, id } = place;
  const isSearch = id === codec.search;
  context.state.route = id === undefined ? kind.type.endpoint : `${kind.type.endpoint}/${isSearch ? id : ':id'}`;
  const allowed = isSearch ? 'POST' : ONLY_READ;
  if (!allowed.split(', ').includes(context.method)) {
    context.set('Allow', allowed);
    throw new ScimError('methodNotAllowed', `${context.method} is not allowed here; allowed: ${allowed}`, {
      fault: 'method-not-allowed',
    });
  }
  return recorder.record(call, 'discover', { message: 'request', details: {} }, async () => {
    if (!isSearch) return answer(context, codec, place, parseParameters(context.querystring));
    return answer(context, codec, { kind }, codec.parametersIn(await body(context)));
  });
}
