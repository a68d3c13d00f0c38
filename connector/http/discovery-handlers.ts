import { encodeResourceType, encodeSchema, schemaNames, serviceProviderConfig } from '../protocol/v1/discovery.ts';
import { type Json, listOf } from '../protocol/v1/encode.ts';
import { parsePaging, parseParameters } from '../protocol/v1/query.ts';
import { ScimError, shown } from '../scim/error.ts';
import { foldFilter } from '../scim/filter/ast.ts';
import { parseFilter } from '../scim/filter/parse.ts';
import { formatPath, type Path } from '../scim/path.ts';
import { CORE_URN } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { fold } from '../scim/text.ts';
import type { Context } from './context.ts';
import { send } from './send.ts';

const typesOf = ({ state }: Context): readonly ResourceType[] =>
  Object.values(state.mount.types).filter((type: ResourceType) =>
    state.mount.backend.capabilities.types.includes(type.name),
  );

/** One object, not a list, in spite of the plural (SCIM 1.1 Core §9). */
export function getServiceProviderConfig(context: Context): void {
  context.state.trace.message = 'getImplementedUserManagementCapabilities';
  send(context, 200, serviceProviderConfig(context.state.mount.offer));
}

/** `attributes=name,attributes.name` on a Schema resource: top-level names alone decide. */
function project(schema: Json, attributes: string | undefined): Json {
  if (attributes === undefined) return schema;
  const wanted = new Set(attributes.split(',').map((name) => fold(name.trim()).replace(/\..*$/, '')));
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name === 'id' || wanted.has(fold(name))));
}

function textOf(schema: Json, path: Path): string {
  const [, value] = Object.entries(schema).find(([name]) => fold(name) === fold(path.name)) ?? [];
  if (typeof value === 'string' && path.sub === undefined) return fold(value);
  throw new ScimError('invalidFilter', `filter: a Schema has no text attribute ${shown(formatPath(path))}`);
}

function select(schemas: readonly Json[], text: string | undefined): readonly Json[] {
  if (text === undefined) return schemas;
  const filter = parseFilter(text);
  return schemas.filter((schema) =>
    foldFilter<Path, boolean>(filter, {
      and: (parts) => parts.every(Boolean),
      or: (parts) => parts.some(Boolean),
      present: (path) => textOf(schema, path) !== '',
      compare: (path, op, value) => {
        const actual = textOf(schema, path);
        const wanted = fold(String(value));
        if (op === 'eq') return actual === wanted;
        if (op === 'co') return actual.includes(wanted);
        if (op === 'sw') return actual.startsWith(wanted);
        throw new ScimError('invalidFilter', `filter: the operator "${op}" is not supported for schemas`);
      },
    }),
  );
}

function sendPage(context: Context, items: readonly Json[]): void {
  const { startIndex, count } = parsePaging(parseParameters(context.querystring));
  const page = items.slice(startIndex - 1, count === undefined ? undefined : startIndex - 1 + count);
  const list = listOf(page, items.length, startIndex);
  // Okta's 1.1 suite looks for this URN of 2.0 on the list of schemas; a further URN says nothing wrong.
  send(context, 200, { ...list, schemas: [CORE_URN, 'urn:ietf:params:scim:api:messages:2.0:ListResponse'] });
}

export function listSchemas(context: Context): void {
  const parameters = parseParameters(context.querystring);
  const found = select(typesOf(context).map(encodeSchema), parameters.get('filter'));
  sendPage(
    context,
    found.map((schema) => project(schema, parameters.get('attributes'))),
  );
}

/** By id, by name and by endpoint name, in any case: the specification fixes none of them. */
export function getSchema(context: Context): void {
  const wanted = context.params['id'] ?? '';
  const type = typesOf(context).find((candidate) => schemaNames(candidate).includes(wanted.toLowerCase()));
  if (!type) throw new ScimError('notFound', `Schema ${shown(wanted)} not found; there are User and Group`);
  send(context, 200, project(encodeSchema(type), parseParameters(context.querystring).get('attributes')));
}

export const listResourceTypes = (context: Context): void =>
  sendPage(
    context,
    typesOf(context).map((type) => encodeResourceType(type, context.state.baseUrl)),
  );

export function getResourceType(context: Context): void {
  const wanted = context.params['id'] ?? '';
  const type = typesOf(context).find(({ name }) => fold(name) === fold(wanted));
  if (!type) throw new ScimError('notFound', `ResourceType ${shown(wanted)} not found; there are User and Group`);
  send(context, 200, encodeResourceType(type, context.state.baseUrl));
}
