import { decodePatch, decodeResource } from '../protocol/v1/decode.ts';
import { encodeList, encodeResource, formatVersion, locationOf } from '../protocol/v1/encode.ts';
import { changeMessage, createMessage, readMessage } from '../protocol/v1/okta.ts';
import {
  type ListRequest,
  type Parameters,
  parseAttributes,
  parseList,
  parseParameters,
} from '../protocol/v1/query.ts';
import { type Selection, unread } from '../protocol/v1/selection.ts';
import { notModified, parseTags } from '../protocol/v1/tags.ts';
import type { Draft } from '../scim/draft.ts';
import type { Resource } from '../scim/resource.ts';
import type { ResourceType, TypeName } from '../scim/schema/resource-type.ts';
import type { Modified } from '../service/resource-service.ts';
import type { Context, Handler } from './context.ts';
import { send } from './send.ts';

/** A handler that is also given the request's body. */
export type BodyHandler = (context: Context, body: unknown) => Promise<void>;

export interface ResourceHandlers {
  readonly list: Handler;
  readonly create: BodyHandler;
  readonly get: Handler;
  readonly replace: BodyHandler;
  readonly patch: BodyHandler;
  readonly remove: Handler;
}

const typeOf = (context: Context, name: TypeName): ResourceType => context.state.mount.types[name];

const parametersOf = (context: Context): Parameters => parseParameters(context.querystring);

const idOf = (context: Context): string => context.params['id'] ?? '';

function sendResource(
  context: Context,
  status: number,
  type: ResourceType,
  resource: Resource,
  selection?: Selection,
): void {
  const { baseUrl, mount, trace } = context.state;
  const versions = mount.offer.etag;
  trace.id = resource.id;
  context.set('Location', locationOf(baseUrl, type, resource.id));
  if (versions && resource.meta.version !== undefined) context.set('ETag', formatVersion(resource.meta.version));
  send(context, status, encodeResource(type, resource, { baseUrl, versions, selection }));
}

function sendOutcome(context: Context, type: ResourceType, outcome: Modified): void {
  const { trace } = context.state;
  trace.message = changeMessage(type.name, outcome.before, outcome.changes);
  trace.changed = outcome.changes.map(({ path }) => path.sub ?? path.attribute);
  sendResource(context, 200, type, outcome.resource, parseAttributes(type, parametersOf(context)));
}

/** What the schema does not know, and what the store has no place for. */
const ignoredOf = ({ state }: Context, type: ResourceType, { ignored, attributes }: Draft): readonly string[] => [
  ...ignored,
  ...state.mount.backend.dropped(type, attributes),
];

const ifMatchOf = (context: Context): ReturnType<typeof parseTags> =>
  context.state.mount.offer.etag ? parseTags(context.get('If-Match'), 'If-Match') : undefined;

const listMessage = (type: ResourceType, { filter }: ListRequest): string => {
  if (!filter) return readMessage(type.name, 'list');
  const changed = filter.kind === 'compare' && filter.path.attribute.name === 'meta';
  return readMessage(type.name, changed ? 'changed' : 'filtered');
};

/** Users and Groups differ by their schema alone. */
export const resourceHandlers = (name: TypeName): ResourceHandlers => ({
  list: async (context) => {
    const { mount, baseUrl, call, trace } = context.state;
    const type = typeOf(context, name);
    const request = parseList(type, parametersOf(context), `${baseUrl}${type.endpoint}/`, mount.rules);
    trace.message = listMessage(type, request);
    const { filter, sort, selection, startIndex, count } = request;
    const page = await mount.service.list(call, type, {
      ...(filter ? { filter } : {}),
      ...(sort ? { sort } : {}),
      without: unread(selection),
      offset: startIndex - 1,
      limit: Math.min(count ?? Number.MAX_SAFE_INTEGER, mount.offer.maxResults),
    });
    trace.total = page.total;
    send(context, 200, encodeList(type, page, startIndex, { baseUrl, versions: mount.offer.etag, selection }));
  },

  create: async (context, body) => {
    const { mount, call, trace } = context.state;
    const type = typeOf(context, name);
    trace.message = createMessage(name, {});
    const draft = decodeResource(type, body, mount);
    trace.message = createMessage(name, draft.attributes);
    trace.ignored = ignoredOf(context, type, draft);
    const resource = await mount.service.create(call, type, draft);
    sendResource(context, 201, type, resource, parseAttributes(type, parametersOf(context)));
  },

  get: async (context) => {
    const { mount, call, trace } = context.state;
    const type = typeOf(context, name);
    trace.message = readMessage(name, 'one');
    const selection = parseAttributes(type, parametersOf(context));
    const resource = await mount.service.get(call, type, idOf(context), { without: unread(selection) });
    sendResource(context, 200, type, resource, selection);
    if (mount.offer.etag && notModified(context.get('If-None-Match'), resource.meta.version)) {
      context.status = 304;
      context.body = null;
    }
  },

  replace: async (context, body) => {
    const { mount, call, trace } = context.state;
    const type = typeOf(context, name);
    trace.message = changeMessage(name, {}, []);
    const draft = decodeResource(type, body, mount);
    trace.ignored = ignoredOf(context, type, draft);
    sendOutcome(context, type, await mount.service.replace(call, type, idOf(context), draft, ifMatchOf(context)));
  },

  patch: async (context, body) => {
    const { mount, call, trace } = context.state;
    const type = typeOf(context, name);
    trace.message = changeMessage(name, {}, []);
    const patch = decodePatch(type, body, mount);
    trace.ignored = ignoredOf(context, type, patch);
    sendOutcome(context, type, await mount.service.patch(call, type, idOf(context), patch, ifMatchOf(context)));
  },

  remove: async (context) => {
    const { mount, call, trace } = context.state;
    trace.message = `delete${name}`;
    await mount.service.delete(call, typeOf(context, name), idOf(context), ifMatchOf(context));
    trace.id = idOf(context);
    // Strict 1.1 clients refuse 204; the agent's own SDK answers 200 (docs/okta-agent.md, Messages).
    context.status = 200;
    context.type = 'application/json';
    context.body = Buffer.alloc(0);
  },
});
