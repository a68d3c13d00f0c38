import { type MatchFunction, match } from 'path-to-regexp';
import type { Action, Method, Protocol, Route } from '../protocol/protocol.ts';
import { ScimError } from '../scim/error.ts';
import { TRAITS } from '../scim/schema/resource-type.ts';
import { bulk } from './bulk-handler.ts';
import type { Handler } from './context.ts';
import { discover } from './discovery-handler.ts';
import { jsonBody } from './request/body.ts';
import { type ReadBody, resourceHandlers } from './resource-handlers.ts';

export interface BodyLimits {
  /** Unit: bytes. */
  readonly maxBody: number;
  /** Of a resource without members. Unit: bytes. */
  readonly maxUserBody: number;
  /** Unit: bytes. Advertised as `maxPayloadSize`. */
  readonly bulkMaxPayload: number;
}

interface Bodies {
  readonly groupBody: ReadBody;
  readonly userBody: ReadBody;
  readonly bulkBody: ReadBody;
}

const handlerOf = (action: Action, { groupBody, userBody, bulkBody }: Bodies): Handler => {
  if (action.do === 'bulk') return (context) => bulk(context, bulkBody);
  if (action.do === 'discover') return (context) => discover(context, action.discovery);
  const body = TRAITS[action.type].hasMembers ? groupBody : userBody;
  return (context) => resourceHandlers[action.do](context, action.type, body);
};

/** One handler for a path, so that a wrong method is told from a wrong path. */
function dispatch({ path, methods }: Route, bodies: Bodies): Handler {
  const handlers = new Map(
    Object.entries(methods).map(([method, action]) => [method as Method, handlerOf(action, bodies)]),
  );
  const allowed = [...handlers.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return (context) => {
    context.state.route = path;
    const handler = handlers.get((context.method === 'HEAD' ? 'GET' : context.method) as Method);
    if (handler) return handler(context);
    context.set('Allow', allowed);
    throw new ScimError('methodNotAllowed', `${context.method} is not allowed here; allowed: ${allowed}`);
  };
}

interface Endpoint {
  readonly find: MatchFunction<Record<string, string>>;
  readonly handle: Handler;
}

/** What cannot be decoded is an id that nobody has. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const endpointsOf = (protocol: Protocol, bodies: Bodies): readonly Endpoint[] =>
  protocol.routes.map((route) => ({
    find: match(route.path, { sensitive: true, decode: decoded }),
    handle: dispatch(route, bodies),
  }));

/**
 * The routes of the protocol that is spoken where the request was let in.
 * @throws notFound, methodNotAllowed, and whatever the handler throws
 */
export function routing({ maxBody, maxUserBody, bulkMaxPayload }: BodyLimits): Handler {
  const bodies: Bodies = {
    groupBody: jsonBody(maxBody, 'server.max_body'),
    userBody: jsonBody(maxUserBody, maxUserBody < maxBody ? 'server.max_user_body' : 'server.max_body'),
    bulkBody: jsonBody(bulkMaxPayload, 'maxPayloadSize'),
  };
  const endpoints = new Map<Protocol, readonly Endpoint[]>();
  return (context) => {
    const { mount, path } = context.state;
    const { protocol } = mount;
    const spoken = endpoints.get(protocol) ?? endpointsOf(protocol, bodies);
    endpoints.set(protocol, spoken);
    for (const { find, handle } of spoken) {
      const found = find(path);
      if (!found) continue;
      context.params = found.params;
      return handle(context);
    }
    throw new ScimError('notFound', protocol.unknownEndpoint);
  };
}
