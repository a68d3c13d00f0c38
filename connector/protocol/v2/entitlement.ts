import { ScimError } from '../../scim/error.ts';
import { ALWAYS, type Filter, foldFilter, NEVER, rebuilt } from '../../scim/filter/ast.ts';
import { bindFilter } from '../../scim/filter/bind.ts';
import { SCIM20 } from '../../scim/filter/grammar.ts';
import { parseFilter } from '../../scim/filter/parse.ts';
import type { Path } from '../../scim/path.ts';
import type { Resource } from '../../scim/resource.ts';
import type { EntitlementType } from '../../scim/schema/entitlement.ts';
import { entitlementSchema } from '../../scim/schema/entitlement-schema.ts';
import type { Json } from '../json.ts';
import { encodedPage } from '../list-of.ts';
import type { Encoding, EntitlementCodec } from '../protocol.ts';
import { parseSelection, selectValue } from '../selection.ts';
import { decodeCursor } from './cursor.ts';
import { listOf, placeOf } from './encode.ts';
import { parsePaging } from './query.ts';
import { searchParameters } from './search.ts';
import { ENTITLEMENT_URNS, NAMES, RESOURCE_TYPE_URN } from './urns.ts';

const locationOf = (baseUrl: string, { endpoint }: EntitlementType, id: string): string =>
  `${baseUrl}${endpoint}/${encodeURIComponent(id)}`;

/** A path without the type's URN. */
function plain({ kind }: EntitlementType, path: Path): Path {
  if (path.urn?.toLowerCase() !== ENTITLEMENT_URNS[kind].toLowerCase()) return path;
  const { urn: _, ...rest } = path;
  return rest;
}

const isTypeName = ({ urn, name, sub }: Path): boolean =>
  urn === undefined &&
  ((name.toLowerCase() === 'type' && !sub) || (name.toLowerCase() === 'meta' && sub?.toLowerCase() === 'resourcetype'));

/** `filter` with what is so of every entitlement of the type decided. @throws invalidFilter */
function withoutType(type: EntitlementType, filter: Filter<Path>): Filter<Path> {
  const constant = (holds: boolean): Filter<Path> => (holds ? ALWAYS : NEVER);
  return foldFilter<Path, Filter<Path>>(filter, {
    ...rebuilt<Path>(),
    present: (given) => {
      const path = plain(type, given);
      return isTypeName(path) ? constant(true) : { kind: 'present', path };
    },
    compare: (given, op, value) => {
      const path = plain(type, given);
      if (!isTypeName(path)) return { kind: 'compare', path, op, value };
      if (op === 'eq') return constant(value === type.name);
      throw new ScimError('invalidFilter', `filter: the operator "${op}" is not supported for type; use eq`, {
        fault: 'filter-invalid',
      });
    },
  });
}

function encode(type: EntitlementType, { id, meta, attributes }: Resource, { baseUrl, selection }: Encoding): Json {
  const own: Readonly<Record<string, unknown>> = {
    displayName: attributes['displayName'] ?? id,
    ...(type.kind === 'role' ? {} : { type: type.name }),
    ...(attributes['description'] === undefined ? {} : { description: attributes['description'] }),
    meta: {
      resourceType: type.name,
      created: meta.created,
      lastModified: meta.lastModified,
      location: locationOf(baseUrl, type, id),
    },
  };
  const shown = Object.entries(own).flatMap(([name, value]) => {
    const selected = selectValue(value as string, selection, name);
    return selected === undefined ? [] : [[name, selected] as const];
  });
  return { schemas: [ENTITLEMENT_URNS[type.kind]], id, ...Object.fromEntries(shown) };
}

/** Okta's roles and entitlements (docs/okta-agent.md, Entitlements). */
export const entitlementCodec: EntitlementCodec = {
  search: '.search',
  parametersIn: searchParameters,
  decodeList: (type, parameters, baseUrl, rules) => {
    const schema = entitlementSchema(type);
    const text = parameters.get('filter');
    if (text !== undefined && !rules.filter)
      throw new ScimError('notImplemented', 'filter is switched off', { fault: 'feature-off' });
    const filter =
      text === undefined
        ? undefined
        : bindFilter(schema, withoutType(type, parseFilter(text, SCIM20)), `${baseUrl}${type.endpoint}/`);
    const paging = parsePaging(parameters);
    const { cursor: _, ...walk } = decodeCursor(type.endpoint, parameters, paging.count, rules.cursors) ?? {};
    return { ...paging, ...walk, ...(filter ? { filter } : {}) };
  },
  decodeSelection: (type, parameters) => {
    const only = parameters.get('attributes');
    const without = parameters.get('excludedattributes');
    if (only) return parseSelection(NAMES, entitlementSchema(type), only);
    return without ? parseSelection(NAMES, entitlementSchema(type), without, 'without') : undefined;
  },
  encode,
  encodeList: (type, page, request, encoding) =>
    listOf(
      encodedPage(page, (resource) => encode(type, resource, encoding)),
      page.resources.length,
      page.total,
      placeOf(page, request),
    ),
};

/** RFC 7643 §6. */
export const encodeEntitlementType = (type: EntitlementType, baseUrl: string): Json => ({
  schemas: [RESOURCE_TYPE_URN],
  id: type.name,
  name: type.name,
  description: type.description,
  endpoint: type.endpoint,
  schema: ENTITLEMENT_URNS[type.kind],
  schemaExtensions: [],
  meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.name}` },
});
