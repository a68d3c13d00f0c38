/** Which request is meant, from what is known of it. */
import type { Backend, Call } from '../../backend/backend.ts';
import type { App } from '../../config/config.ts';
import { ScimError } from '../../scim/error.ts';
import type { ResourceType, ResourceTypes, TypeName } from '../../scim/schema/resource-type.ts';
import { OperationError } from '../operation-error.ts';

export const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** As it was given: a body, and perhaps what Okta's log or task says of the request. */
export interface Given {
  /** Empty: there is none. */
  readonly body: string;
  readonly method?: Method | undefined;
  /** `/Users/42`, with a query, or the whole URL. */
  readonly path?: string | undefined;
}

export interface Asked {
  readonly method: Method;
  /** Below the app's path. */
  readonly path: string;
  readonly body?: string;
}

const ENDPOINTS: Readonly<Record<TypeName, string>> = { User: '/Users', Group: '/Groups' };

const usage = (text: string): OperationError => new OperationError('usage', text);

/** @throws OperationError usage */
function below({ path: prefix }: App, path: string): string {
  const local = path.replace(/^https?:\/\/[^/]+/i, '');
  const found = /(?:^|\/)((?:Users|Groups|Bulk)(?:[/?].*)?)$/i.exec(local)?.[1];
  if (found !== undefined) return `/${found}`;
  throw usage(
    `--path ${path}: names no resource; give /Users, /Users/ID, /Groups/ID or /Bulk, or a URL below ${prefix}`,
  );
}

/** `undefined` for what is no JSON object: the connector will say so. */
function objectIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

const keyOf = (object: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.entries(object).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

/** The id of who is there already: by the id of the body, as Okta repeats it in a PUT, else by name. */
async function idOf(
  backend: Backend,
  call: Call,
  type: ResourceType,
  object: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  const id = keyOf(object, 'id');
  if (typeof id === 'string' && id !== '') {
    try {
      return (await backend.get(call, type, id, { without: ['groups', 'members'] })).id;
    } catch (error) {
      if (!(error instanceof ScimError) || error.reason !== 'notFound') throw error;
    }
  }
  const attribute = type.attributes.find(({ name }) => name === type.naturalKey);
  const value = keyOf(object, type.naturalKey);
  if (!attribute || typeof value !== 'string') return undefined;
  const filter = { kind: 'compare', path: { attribute }, op: 'eq', value } as const;
  const read = { without: ['groups', 'members'] } as const;
  const { resources } = await backend.list(call, type, { filter, offset: 0, limit: 1, ...read });
  return resources[0]?.id;
}

const typeOf = (object: Readonly<Record<string, unknown>>): TypeName =>
  keyOf(object, 'userName') === undefined && keyOf(object, 'displayName') !== undefined ? 'Group' : 'User';

/**
 * What is given says it, and the store says the rest: whoever is there already is changed, by PUT.
 * @throws OperationError usage; unavailable
 */
export async function askedOf(
  app: App,
  types: ResourceTypes,
  backend: Backend,
  call: Call,
  { body, method, path }: Given,
): Promise<Asked> {
  const sent = body.trim() === '' ? {} : { body };
  if (path !== undefined) {
    const to = below(app, path);
    const isOne = /^\/(?:Users|Groups)\/[^?]/i.test(to);
    return { method: method ?? (isOne ? 'PUT' : 'POST'), path: to, ...sent };
  }
  if (sent.body === undefined)
    throw usage('there is no body: give one as Okta sends it, or --method DELETE with --path /Users/ID');
  const object = objectIn(body);
  if (object && keyOf(object, 'Operations') !== undefined) return { method: method ?? 'POST', path: '/Bulk', ...sent };
  const name = object ? typeOf(object) : 'User';
  const id = object && method !== 'POST' ? await idOf(backend, call, types[name], object) : undefined;
  if (id !== undefined)
    return { method: method ?? 'PUT', path: `${ENDPOINTS[name]}/${encodeURIComponent(id)}`, ...sent };
  if (method === undefined || method === 'POST') return { method: 'POST', path: ENDPOINTS[name], ...sent };
  throw usage(`nobody of the body's id or name is there for a ${method}: say who with --path ${ENDPOINTS[name]}/ID`);
}
