import { ScimError, shown } from '../../scim/error.ts';
import { fold } from '../../scim/text.ts';
import type { Json } from '../json.ts';
import type { Discovery, DiscoveryRequest } from '../protocol.ts';
import { listOf } from './encode.ts';
import { serviceProviderConfig } from './provider-config.ts';
import { parsePaging } from './query.ts';
import { project, select } from './schema-queries.ts';
import { encodeResourceType, encodeSchema, schemaNames } from './schema-resource.ts';
import { CORE_URN } from './urns.ts';

function page(items: readonly Json[], { parameters }: DiscoveryRequest): Json {
  const { startIndex, count } = parsePaging(parameters);
  const slice = items.slice(startIndex - 1, count === undefined ? undefined : startIndex - 1 + count);
  // Okta's published suite looks for this URN, which no standard has; a further one says nothing wrong.
  return { ...listOf(slice, slice.length, items.length, startIndex), schemas: [CORE_URN, `${CORE_URN}:ListResponse`] };
}

/** One object, not a list, in spite of the plural (SCIM 1.1 Core §9). */
export const providerConfig: Discovery = {
  message: 'getImplementedUserManagementCapabilities',
  answer: ({ offer }) => serviceProviderConfig(offer),
};

export const schemas: Discovery = {
  message: 'request',
  answer: (request) => {
    const { types, parameters } = request;
    const found = select(types.map(encodeSchema), parameters.get('filter'));
    return page(
      found.map((schema) => project(schema, parameters.get('attributes'))),
      request,
    );
  },
};

/** By id, by name and by endpoint name, in any case: the specification fixes none of them. */
export const schema: Discovery = {
  message: 'request',
  answer: ({ types, parameters, id }) => {
    const type = types.find((candidate) => schemaNames(candidate).includes(id.toLowerCase()));
    if (!type)
      throw new ScimError('notFound', `Schema ${shown(id)} not found; there are User and Group`, {
        fault: 'path-unknown',
      });
    return project(encodeSchema(type), parameters.get('attributes'));
  },
};

export const resourceTypes: Discovery = {
  message: 'request',
  answer: (request) =>
    page(
      request.types.map((type) => encodeResourceType(type, request.baseUrl)),
      request,
    ),
};

export const resourceType: Discovery = {
  message: 'request',
  answer: ({ types, baseUrl, id }) => {
    const type = types.find(({ name }) => fold(name) === fold(id));
    if (!type)
      throw new ScimError('notFound', `ResourceType ${shown(id)} not found; there are User and Group`, {
        fault: 'path-unknown',
      });
    return encodeResourceType(type, baseUrl);
  },
};
