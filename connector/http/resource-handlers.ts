import { inTurns } from '../concurrency/turns.ts';
import { formatVersion, notModified, parseTags } from '../protocol/entity-tags.ts';
import { locationOf } from '../protocol/location.ts';
import { type Parameters, parseParameters } from '../protocol/parameters.ts';
import type { Encoding, ListRequest, Steps } from '../protocol/protocol.ts';
import { type Selection, unread } from '../protocol/selection.ts';
import { ScimError } from '../scim/error.ts';
import type { Read } from '../scim/query.ts';
import type { Resource } from '../scim/resource.ts';
import type { ResourceType, TypeName } from '../scim/schema/resource-type.ts';
import type { IfMatch } from '../service/service.ts';
import type { Context } from './context.ts';
import { isDear } from './dear.ts';
import type { Mount } from './mount.ts';
import { refuseMisplacedQuery } from './request/refuse-misplaced.ts';
import type { RequestCall } from './request/request-call.ts';
import { send } from './send.ts';

/** Reads the request's body. @throws unsupportedMediaType, tooLarge, invalidSyntax */
export type ReadBody = (context: Context) => Promise<object>;

export type ResourceHandler = (context: Context, name: TypeName, body: ReadBody) => Promise<void>;

const typeOf = ({ state }: Context, name: TypeName): ResourceType => state.mount.types[name];

const NONE: Parameters = new Map();

const NOTHING_DEAR: Read = { without: ['groups', 'members'] };

const parametersOf = ({ querystring }: Context): Parameters =>
  querystring === '' ? NONE : parseParameters(querystring);

const idOf = ({ params }: Context): string => params['id'] ?? '';

const encodingOf = ({ state: { baseUrl, mount } }: Context, selection: Selection | undefined): Encoding => ({
  baseUrl,
  versions: mount.offer.etag,
  selection,
});

const selectionOf = (context: Context, type: ResourceType): Selection | undefined =>
  context.state.mount.protocol.decodeSelection(type, parametersOf(context));

/** What of a resource need not be read for its answer. */
const answerOf = (context: Context, type: ResourceType): Read => ({ without: unread(selectionOf(context, type)) });

const ifMatchOf = (context: Context): IfMatch | undefined =>
  context.state.mount.offer.etag ? parseTags(context.get('If-Match'), 'If-Match') : undefined;

function setVersion(context: Context, type: ResourceType, { id, meta: { version } }: Resource): void {
  const { baseUrl, mount } = context.state;
  context.set('Location', locationOf(baseUrl, type, id));
  if (mount.offer.etag && version !== undefined) context.set('ETag', formatVersion(version));
}

function sendResource(context: Context, status: number, type: ResourceType, resource: Resource): Promise<void> {
  const { mount } = context.state;
  const encoding = encodingOf(context, selectionOf(context, type));
  setVersion(context, type, resource);
  return send(context, status, mount.protocol.encodeResource(type, resource, encoding));
}

/** @throws unavailable  nobody waits for it any more */
const stepping = <T>(call: RequestCall, steps: Steps<T>): Promise<T> =>
  inTurns(steps, () => {
    if (call.signal.aborted)
      throw new ScimError('unavailable', 'the request was given up while it was read', { fault: 'client-gone' });
  });

const list = (context: Context, name: TypeName): Promise<void> => listed(context, name, () => parametersOf(context));

/** A list whose parameters are in the body, where `parametersIn` finds them. */
export const search = (
  context: Context,
  name: TypeName,
  body: ReadBody,
  parametersIn: (body: object) => Parameters,
): Promise<void> => listed(context, name, async () => parametersIn(await body(context)));

async function listed(
  context: Context,
  name: TypeName,
  parameters: () => Parameters | Promise<Parameters>,
): Promise<void> {
  const { mount, baseUrl, call, share } = context.state;
  const { protocol, offer, rules, service } = mount;
  const type = typeOf(context, name);
  let request: ListRequest = { query: {}, startIndex: 1 };
  const page = await service.list(call, type, async () => {
    const given = await parameters();
    refuseMisplacedQuery(context.state, given);
    request = protocol.decodeList(type, given, baseUrl, rules);
    const { query, startIndex, count = Number.MAX_SAFE_INTEGER } = request;
    const limit = Math.min(count, offer.maxResults);
    if (isDear(type, request, limit)) await share.enter(call.signal);
    return { ...query, offset: startIndex - 1, limit };
  });
  await send(context, 200, protocol.encodeList(type, page, request, encodingOf(context, request.selection)));
}

async function create(context: Context, name: TypeName, body: ReadBody): Promise<void> {
  const { mount, call } = context.state;
  const type = typeOf(context, name);
  const resource = await mount.service.create(
    call,
    type,
    async () => stepping(call, mount.protocol.resourceSteps(type, await body(context), mount)),
    answerOf(context, type),
  );
  await sendResource(context, 201, type, resource);
}

async function get(context: Context, name: TypeName): Promise<void> {
  const { mount, call } = context.state;
  const type = typeOf(context, name);
  const resource = await mount.service.get(call, type, idOf(context), answerOf(context, type));
  setVersion(context, type, resource);
  if (mount.offer.etag && notModified(context.get('If-None-Match'), resource.meta.version)) context.status = 304;
  else await sendResource(context, 200, type, resource);
}

async function replace(context: Context, name: TypeName, body: ReadBody): Promise<void> {
  const { mount, call } = context.state;
  const type = typeOf(context, name);
  const { resource } = await mount.service.replace(
    call,
    type,
    idOf(context),
    async () => ({
      draft: await stepping(call, mount.protocol.resourceSteps(type, await body(context), mount)),
      ifMatch: ifMatchOf(context),
    }),
    answerOf(context, type),
  );
  await sendResource(context, 200, type, resource);
}

/** What a PATCH has to read for its answer. */
function patchedAnswer({ protocol }: Mount, selection: Selection | undefined, isShown: boolean): Read {
  if (selection) return { without: unread(selection) };
  return isShown ? { mostMembers: protocol.mostMembersPatched } : NOTHING_DEAR;
}

async function patch(context: Context, name: TypeName, body: ReadBody): Promise<void> {
  const { mount, call } = context.state;
  const type = typeOf(context, name);
  const selection = selectionOf(context, type);
  const isUsual = mount.patchReply === 'all' || (mount.patchReply === 'users' && type.isAccount);
  const isShown = selection !== undefined || isUsual;
  const { resource } = await mount.service.patch(
    call,
    type,
    idOf(context),
    async () => {
      if (!mount.offer.patch)
        throw new ScimError('notImplemented', 'PATCH is switched off; use PUT', { fault: 'feature-off' });
      const draft = await stepping(call, mount.protocol.patchSteps(type, await body(context), mount));
      return { draft, ifMatch: ifMatchOf(context) };
    },
    patchedAnswer(mount, selection, isShown),
  );
  if (isShown && !resource.isPartial) return sendResource(context, 200, type, resource);
  setVersion(context, type, resource);
  context.status = 204;
}

async function remove(context: Context, name: TypeName): Promise<void> {
  const { mount, call } = context.state;
  await mount.service.delete(call, typeOf(context, name), idOf(context), () => ifMatchOf(context));
  context.status = mount.protocol.deleted.status;
  if (context.status === 204) return;
  context.type = context.state.mediaType;
  context.body = Buffer.alloc(0);
}

/** Users and Groups differ by their schema alone. */
export const resourceHandlers = { list, create, get, replace, patch, delete: remove } as const satisfies Readonly<
  Record<string, ResourceHandler>
>;
