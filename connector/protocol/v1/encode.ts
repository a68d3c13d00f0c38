import type { Page } from '../../scim/query.ts';
import { type Attributes, isComplex, isUrn, type Resource, type Value } from '../../scim/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { formatVersion } from '../entity-tags.ts';
import type { Json } from '../json.ts';
import { encodedPage } from '../list-of.ts';
import { locationOf } from '../location.ts';
import type { Encoding, PageRequest } from '../protocol.ts';
import { isWanted, selectBlock, selectValue } from '../selection.ts';
import { CORE_URN, NAMES } from './urns.ts';

/**
 * One resource on the wire. Built from the schema, attribute by attribute, so that nothing the schema does not
 * return (`password`, `operation`) can leave by accident. No nulls: older agents read them as the text "null".
 */
export function encodeResource(
  type: ResourceType,
  resource: Resource,
  { baseUrl, versions, selection }: Encoding,
): Json {
  const { id, meta, attributes } = resource;
  const body: Record<string, unknown> = { schemas: [CORE_URN], id };
  for (const attribute of type.attributes) {
    const { name } = attribute;
    const stored = attributes[name] as Value | undefined;
    // The agent builds its next PUT from this list, so a group says that it has no members.
    const value = stored ?? (name === 'members' ? [] : undefined);
    if (value === undefined || attribute.returned === 'never') continue;
    const isEmptyGroup = name === 'members' && !stored && (!selection || isWanted(selection, name));
    const selected = isEmptyGroup ? value : selectValue(value, selection, name);
    if (selected !== undefined) body[name] = selected;
  }
  const urns = [CORE_URN];
  for (const [name, block] of Object.entries(attributes)) {
    if (!isUrn(name) || !isComplex(block)) continue;
    const selected = selection ? selectBlock(name, block as Attributes, selection) : block;
    if (selected === undefined) continue;
    const urn = NAMES.wire(name);
    body[urn] = selected;
    urns.push(urn);
  }
  body['schemas'] = urns;
  const fullMeta = {
    created: meta.created,
    lastModified: meta.lastModified,
    location: locationOf(baseUrl, type, id),
    ...(meta.version === undefined || !versions ? {} : { version: formatVersion(meta.version) }),
  };
  // Naming a part of meta trims it; else meta is always whole (SCIM 1.1 API §3.2).
  body['meta'] = (selection?.names.has('meta') && selectValue(fullMeta, selection, 'meta')) || fullMeta;
  return body;
}

/** A page of resources (SCIM 1.1 API §3.2.2). `startIndex` is 1-based and echoed even past the end. */
export const encodeList = (type: ResourceType, page: Page, { startIndex }: PageRequest, encoding: Encoding): Json =>
  listOf(
    encodedPage(page, (resource) => encodeResource(type, resource, encoding)),
    page.resources.length,
    page.total,
    startIndex,
  );

export const listOf = (resources: Iterable<Json>, count: number, total: number, startIndex: number): Json => ({
  schemas: [CORE_URN],
  totalResults: total,
  itemsPerPage: count,
  startIndex,
  Resources: resources,
});
