/** Which request is meant, from what is known of it. */
import type { Backend, Call } from '../../backend/backend.ts';
import type { App } from '../../config/config.ts';
import { spokenAt } from '../../protocol/protocols.ts';
import { ScimError } from '../../scim/error.ts';
import { isComplex } from '../../scim/resource.ts';
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
  /** Of SCIM. */
  readonly version: string;
  /** The app's path where that is spoken. */
  readonly base: string;
  /** Below it. */
  readonly path: string;
  readonly body?: string;
}

const ENDPOINTS: Readonly<Record<TypeName, string>> = { User: '/Users', Group: '/Groups' };

const usage = (text: string): OperationError => new OperationError('usage', text);

/** @throws OperationError usage */
function pathIn({ path: prefix }: App, path: string): string {
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

/** URNs of SCIM 2.0, and what they alone call an operation of a PATCH. */
const SCIM20 = /"urn:ietf:params:scim:|"op"\s*:/i;

/** In which version a request is meant: a URL says it, else what its body is written in. @throws OperationError usage */
function spoken(app: App, { body, path = '' }: Given): Pick<Asked, 'version' | 'base'> {
  const all = spokenAt(app);
  const named = /\/v([12])\//.exec(path)?.[1];
  const written = SCIM20.test(body) ? '2.0' : all[0]?.protocol.version;
  const version = named === undefined ? (written ?? '1.1') : named === '2' ? '2.0' : '1.1';
  const found = all.find(({ protocol }) => protocol.version === version);
  if (!found)
    throw usage(`this is SCIM ${version}, and the app "${app.name}" does not speak it: versions = ["${version}"]`);
  return { version, base: found.path };
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

/** The body of a PATCH of SCIM 2.0, whose operations have an `op` where those of a bulk request have a method. */
function isPatch(object: Readonly<Record<string, unknown>> | undefined): boolean {
  const [first] = [object && keyOf(object, 'Operations')].flat();
  return isComplex(first) && keyOf(first, 'op') !== undefined;
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
  given: Given,
): Promise<Asked> {
  return { ...spoken(app, given), ...(await below(app, types, backend, call, given)) };
}

async function below(
  app: App,
  types: ResourceTypes,
  backend: Backend,
  call: Call,
  { body, method, path }: Given,
): Promise<Omit<Asked, 'version' | 'base'>> {
  const sent = body.trim() === '' ? {} : { body };
  if (path !== undefined) {
    const to = pathIn(app, path);
    const isOne = /^\/(?:Users|Groups)\/[^?]/i.test(to);
    const change = isPatch(objectIn(body)) ? 'PATCH' : 'PUT';
    return { method: method ?? (isOne ? change : 'POST'), path: to, ...sent };
  }
  if (sent.body === undefined)
    throw usage('there is no body: give one as Okta sends it, or --method DELETE with --path /Users/ID');
  const object = objectIn(body);
  if (isPatch(object)) throw usage('a PATCH does not say of whom it is: give --path /Users/ID or /Groups/ID');
  if (object && keyOf(object, 'Operations') !== undefined) return { method: method ?? 'POST', path: '/Bulk', ...sent };
  const name = object ? typeOf(object) : 'User';
  const id = object && method !== 'POST' ? await idOf(backend, call, types[name], object) : undefined;
  if (id !== undefined)
    return { method: method ?? 'PUT', path: `${ENDPOINTS[name]}/${encodeURIComponent(id)}`, ...sent };
  if (method === undefined || method === 'POST') return { method: 'POST', path: ENDPOINTS[name], ...sent };
  throw usage(`nobody of the body's id or name is there for a ${method}: say who with --path ${ENDPOINTS[name]}/ID`);
}
