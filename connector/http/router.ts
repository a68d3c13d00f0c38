import Router from '@koa/router';
import type { Action, Method, Protocol, Route } from '../protocol/protocol.ts';
import { ScimError } from '../scim/error.ts';
import { TRAITS } from '../scim/schema/resource-type.ts';
import { bulk } from './bulk-handler.ts';
import { answerCatalogue } from './catalogue-handler.ts';
import type { Context, Handler } from './context.ts';
import { discover } from './discovery-handler.ts';
import { mixedList } from './mixed-list.ts';
import { jsonBody } from './request/body.ts';
import { type ReadBody, resourceHandlers, search } from './resource-handlers.ts';

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
  if (action.do === 'refuse') return () => refuse(action.message);
  if (action.do === 'discover') return (context) => discover(context, action.discovery);
  if (action.do === 'mixed') return (context) => mixedList(context, action.mixed, userBody, action.parametersIn);
  if (action.do === 'search') return (context) => search(context, action.type, userBody, action.parametersIn);
  const body = TRAITS[action.type].hasMembers ? groupBody : userBody;
  return (context) => resourceHandlers[action.do](context, action.type, body);
};

const refuse = (message: string): never => {
  throw new ScimError('notImplemented', message, { fault: 'feature-off' });
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
    throw new ScimError('methodNotAllowed', `${context.method} is not allowed here; allowed: ${allowed}`, {
      fault: 'method-not-allowed',
    });
  };
}

function routesOf(protocol: Protocol, bodies: Bodies): ReturnType<Router['routes']> {
  const router = new Router({ sensitive: true });
  for (const route of protocol.routes) {
    const handler = dispatch(route, bodies);
    router.all(route.path, (context) => handler(context as unknown as Context));
  }
  return router.routes();
}

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
  const routes = new Map<Protocol, ReturnType<Router['routes']>>();
  return async (context) => {
    const { mount, path } = context.state;
    const { protocol } = mount;
    const catalogue = answerCatalogue(context, bodies.userBody);
    if (catalogue) return catalogue;
    const spoken = routes.get(protocol) ?? routesOf(protocol, bodies);
    routes.set(protocol, spoken);
    // The router looks here before it looks at the URL, which would have to be put together again.
    const below = Object.assign(context, { newRouterPath: path });
    await spoken(below as never, async () => {
      throw new ScimError('notFound', protocol.unknownEndpoint, { fault: 'path-unknown' });
    });
  };
}
