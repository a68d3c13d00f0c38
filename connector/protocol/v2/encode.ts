import type { Page } from '../../scim/query.ts';
import { type Attributes, type Complex, isComplex, isUrn, type Resource, type Value } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { formatVersion } from '../entity-tags.ts';
import type { Json } from '../json.ts';
import { encodedPage } from '../list-of.ts';
import { locationOf } from '../location.ts';
import type { Encoding, PageRequest } from '../protocol.ts';
import { isWanted, selectBlock, selectValue } from '../selection.ts';
import { CORE_URNS, LIST_URN, urnOfBlock } from './urns.ts';

const ENDPOINTS: ReadonlyMap<unknown, string> = new Map([
  ['User', '/Users'],
  ['Group', '/Groups'],
]);

const refTo = (baseUrl: string, type: unknown, id: unknown): string =>
  `${baseUrl}${ENDPOINTS.get(type) ?? '/Users'}/${encodeURIComponent(String(id))}`;

/** What leads to other resources says where they are (RFC 7643 §2.4, `$ref`). */
function referring(baseUrl: string, name: string, value: Value): Value {
  if (name !== 'members' && name !== 'groups') return value;
  const typeOf = (element: Complex): unknown => (name === 'groups' ? 'Group' : element['type']);
  return (value as readonly Complex[]).map((element) => ({
    ...element,
    $ref: refTo(baseUrl, typeOf(element), element['value']),
  }));
}

/** `manager.managerId` is `manager.value` here (RFC 7643 §4.3). */
function enterpriseBlock(baseUrl: string, block: Attributes): Attributes {
  const manager = block['manager'];
  if (!isComplex(manager)) return block;
  const { managerId, ...rest } = manager;
  const found = managerId === undefined ? {} : { value: managerId, $ref: refTo(baseUrl, 'User', managerId) };
  return { ...block, manager: { ...found, ...rest } };
}

/**
 * One resource on the wire (RFC 7643 §3). Built from the schema, attribute by attribute, so that nothing that is never
 * returned can leave by accident. No nulls; of extensions only those that have something to say.
 */
export function encodeResource(
  type: ResourceType,
  resource: Resource,
  { baseUrl, versions, selection }: Encoding,
): Json {
  const { id, meta, attributes } = resource;
  const body: Record<string, unknown> = { schemas: [], id };
  for (const attribute of type.attributes) {
    const { name } = attribute;
    const stored = attributes[name] as Value | undefined;
    if (attribute.returned === 'never') continue;
    // Clients build on this list: a group says that it has no members.
    if (name === 'members' && !stored && !resource.isPartial && (!selection || isWanted(selection, name)))
      body[name] = [];
    if (stored === undefined) continue;
    const selected = selectValue(referring(baseUrl, name, stored), selection, name);
    if (selected !== undefined) body[name] = selected;
  }
  const urns = [CORE_URNS[type.name]];
  for (const [name, block] of Object.entries(attributes)) {
    if (!isUrn(name) || !isComplex(block)) continue;
    const whole = selection ? selectBlock(name, block as Attributes, selection) : (block as Attributes);
    if (whole === undefined) continue;
    const urn = urnOfBlock(type, name);
    body[urn] = name === ENTERPRISE_SCHEMA ? enterpriseBlock(baseUrl, whole) : whole;
    urns.push(urn);
  }
  body['schemas'] = urns;
  const fullMeta = {
    resourceType: type.name,
    created: meta.created,
    lastModified: meta.lastModified,
    location: locationOf(baseUrl, type, id),
    ...(meta.version === undefined || !versions ? {} : { version: formatVersion(meta.version) }),
  };
  const shownMeta = selectValue(fullMeta, selection, 'meta');
  if (shownMeta !== undefined) body['meta'] = shownMeta;
  return body;
}

export const listOf = (resources: Iterable<Json>, count: number, total: number, place: object): Json => ({
  schemas: [LIST_URN],
  totalResults: total,
  ...place,
  itemsPerPage: count,
  Resources: resources,
});

/** `startIndex` is 1-based and echoed even past the end; a walk by cursors has none. */
export function placeOf(page: Page, { startIndex, cursorOf }: PageRequest): object {
  if (!cursorOf) return { startIndex };
  const nextCursor = cursorOf(page);
  return nextCursor === undefined ? {} : { nextCursor };
}

/** A page of resources (RFC 7644 §3.4.2, RFC 9865 §2). */
export const encodeList = (type: ResourceType, page: Page, request: PageRequest, encoding: Encoding): Json =>
  listOf(
    encodedPage(page, (resource) => encodeResource(type, resource, encoding)),
    page.resources.length,
    page.total,
    placeOf(page, request),
  );
