import { ScimError, shown } from '../../scim/error.ts';
import { fold } from '../../scim/text.ts';
import type { Json } from '../json.ts';
import type { Discovery, DiscoveryRequest } from '../protocol.ts';
import { listOf } from './encode.ts';
import { encodeEntitlementType } from './entitlement.ts';
import { serviceProviderConfig } from './provider-config.ts';
import { encodeResourceType, encodeSchemas } from './schema-resource.ts';

/** Everything at once, whatever paging was asked for (RFC 7644 §4). @throws forbidden  for a filter */
function whole(items: readonly Json[], { parameters }: DiscoveryRequest): Json {
  if (parameters.has('filter'))
    throw new ScimError('forbidden', 'filter is not possible here; leave it out (RFC 7644 §4)', {
      fault: 'filter-invalid',
    });
  return listOf(items, items.length, items.length, { startIndex: 1 });
}

const absent = (what: string, id: string, known: readonly string[]): ScimError =>
  new ScimError('notFound', `${what} ${shown(id)} not found; there are ${known.join(', ')}`, { fault: 'path-unknown' });

export const providerConfig: Discovery = {
  message: 'getImplementedUserManagementCapabilities',
  answer: serviceProviderConfig,
};

export const schemas: Discovery = {
  message: 'request',
  answer: (request) => whole(encodeSchemas(request), request),
};

export const schema: Discovery = {
  message: 'request',
  answer: (request) => {
    const { id } = request;
    const all = encodeSchemas(request);
    const found = all.find((one) => fold(one.id) === fold(id));
    if (!found)
      throw absent(
        'Schema',
        id,
        all.map((one) => one.id),
      );
    return found;
  },
};

export const resourceTypes: Discovery = {
  message: 'request',
  answer: (request) =>
    whole(
      [
        ...request.types.map((type) => encodeResourceType(request.kept(type), request.baseUrl)),
        ...request.entitlements.map((type) => encodeEntitlementType(type, request.baseUrl)),
      ],
      request,
    ),
};

export const resourceType: Discovery = {
  message: 'request',
  answer: ({ types, kept, entitlements, baseUrl, id }) => {
    const isMeant = ({ name }: { readonly name: string }): boolean => fold(name) === fold(id);
    const type = types.find(isMeant);
    if (type) return encodeResourceType(kept(type), baseUrl);
    const given = entitlements.find(isMeant);
    if (given) return encodeEntitlementType(given, baseUrl);
    throw absent(
      'ResourceType',
      id,
      [...types, ...entitlements].map(({ name }) => name),
    );
  },
};
