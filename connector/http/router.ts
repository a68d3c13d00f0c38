import Router from '@koa/router';
import { decodeBulk } from '../protocol/v1/bulk.ts';
import { ScimError } from '../scim/error.ts';
import { CORE_URN } from '../scim/resource.ts';
import { BulkRun } from './bulk.ts';
import type { Context, Handler } from './context.ts';
import {
  getResourceType,
  getSchema,
  getServiceProviderConfig,
  listResourceTypes,
  listSchemas,
} from './discovery-handlers.ts';
import { jsonBody } from './request/body.ts';
import { type BodyHandler, resourceHandlers } from './resource-handlers.ts';
import { send } from './send.ts';

export interface BodyLimits {
  /** Unit: bytes. */
  readonly maxBody: number;
  /** Unit: bytes. Advertised as `maxPayloadSize`. */
  readonly bulkMaxPayload: number;
}

type Methods = Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Handler>>>;

/** Every route; read this to learn the API. Paths are relative to an application's. */
function routes({ maxBody, bulkMaxPayload }: BodyLimits): readonly (readonly [path: string, methods: Methods])[] {
  const users = resourceHandlers('User');
  const groups = resourceHandlers('Group');
  const body = jsonBody(maxBody, 'server.max_body');
  const bulkBody = jsonBody(bulkMaxPayload, 'maxPayloadSize');
  const reading =
    (handler: BodyHandler): Handler =>
    async (context) =>
      handler(context, await body(context));
  const patching = (handler: BodyHandler): Handler => {
    const read = reading(handler);
    return (context) => {
      if (!context.state.mount.offer.patch) throw new ScimError('notImplemented', 'PATCH is switched off; use PUT');
      return read(context);
    };
  };
  return [
    ['/Users/:id', { GET: users.get, PUT: reading(users.replace), PATCH: patching(users.patch), DELETE: users.remove }],
    ['/Users', { GET: users.list, POST: reading(users.create) }],
    [
      '/Groups/:id',
      { GET: groups.get, PUT: reading(groups.replace), PATCH: patching(groups.patch), DELETE: groups.remove },
    ],
    ['/Groups', { GET: groups.list, POST: reading(groups.create) }],
    ['/Bulk', { POST: async (context) => bulk(context, bulkBody) }],
    ['/ServiceProviderConfigs', { GET: getServiceProviderConfig }],
    ['/ServiceProviderConfig', { GET: getServiceProviderConfig }],
    ['/Schemas', { GET: listSchemas }],
    ['/Schemas/:id', { GET: getSchema }],
    ['/ResourceTypes', { GET: listResourceTypes }],
    ['/ResourceTypes/:id', { GET: getResourceType }],
  ];
}

async function bulk(context: Context, read: (context: Context) => Promise<object>): Promise<void> {
  const { mount, trace } = context.state;
  trace.message = 'bulk';
  if (!mount.offer.bulk) throw new ScimError('notImplemented', 'bulk is switched off; send the requests one by one');
  const request = decodeBulk(mount.types, await read(context), mount.offer.bulkMaxOperations);
  trace.total = request.operations.length;
  send(context, 200, { schemas: [CORE_URN], Operations: await new BulkRun(request, context.state).run() });
}

/** One handler for a path, so that a wrong method is told from a wrong path. */
const dispatch = (path: string, methods: Methods): Handler => {
  const allowed = Object.keys(methods).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return (context) => {
    context.state.trace.route = path;
    const method = context.method === 'HEAD' ? 'GET' : context.method;
    const handler = methods[method as keyof Methods];
    if (handler) return handler(context);
    context.set('Allow', allowed.join(', '));
    throw new ScimError('methodNotAllowed', `${context.method} is not allowed here; allowed: ${allowed.join(', ')}`);
  };
};

export function router(limits: BodyLimits): Router {
  const result = new Router({ sensitive: true });
  for (const [path, methods] of routes(limits)) {
    const handler = dispatch(path, methods);
    result.all(path, (context) => handler(context as unknown as Context));
  }
  result.all('/{*rest}', () => {
    throw new ScimError(
      'notFound',
      'there is no such SCIM 1.1 endpoint; there are Users, Groups, Bulk, Schemas and ServiceProviderConfigs',
    );
  });
  return result;
}
