import { CORE_URN } from '../../scim/resource.ts';
import type { Attribute } from '../../scim/schema/attribute.ts';
import type { Extension } from '../../scim/schema/extension.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Offer } from '../offer.ts';
import type { Json } from './encode.ts';
import { capabilities, PROVIDER_CONFIG_URN } from './okta.ts';

const SCHEMES: Readonly<Record<Offer['authentication'], Json>> = {
  header: {
    name: 'OAuth Bearer Token',
    description: 'A token made by this connector, sent in an HTTP header',
    specUrl: 'https://www.rfc-editor.org/rfc/rfc6750',
    type: 'oauthbearertoken',
    primary: true,
  },
  basic: {
    name: 'HTTP Basic',
    description: 'A user name and a password made by this connector',
    specUrl: 'https://www.rfc-editor.org/rfc/rfc7617',
    type: 'httpbasic',
    primary: true,
  },
  none: {
    name: 'None',
    description: 'No credential is asked for; reachable from this host alone',
    type: 'httpbasic',
    primary: false,
  },
};

/** SCIM 1.1 Core §9 with Okta's block (docs/okta-agent.md, Capabilities): one record feeds both. */
export function serviceProviderConfig(offer: Offer): Json {
  const names = capabilities(offer.backend, offer)
    .filter(({ on }) => on)
    .map(({ name }) => name);
  return {
    schemas: [CORE_URN, PROVIDER_CONFIG_URN],
    ...(offer.documentationUrl === undefined ? {} : { documentationUrl: offer.documentationUrl }),
    patch: { supported: offer.patch },
    bulk: { supported: offer.bulk, maxOperations: offer.bulkMaxOperations, maxPayloadSize: offer.bulkMaxPayload },
    filter: { supported: offer.filter, maxResults: offer.maxResults },
    changePassword: { supported: offer.backend.password && !offer.readOnly },
    sort: { supported: offer.sort },
    etag: { supported: offer.etag },
    xmlDataFormat: { supported: false },
    authenticationSchemes: [SCHEMES[offer.authentication]],
    [PROVIDER_CONFIG_URN]: { userManagementCapabilities: names },
  };
}

function encodeAttribute(attribute: Attribute, schema: string | undefined): Json {
  const { name, type, multiValued, childName, description, required, caseExact, canonicalValues, subAttributes } =
    attribute;
  return {
    name,
    type,
    multiValued,
    ...(childName === undefined ? {} : { multiValuedAttributeChildName: childName }),
    description,
    ...(schema === undefined ? {} : { schema }),
    readOnly: attribute.mutability === 'readOnly',
    required,
    caseExact,
    ...(canonicalValues.length > 0 ? { canonicalValues } : {}),
    ...(subAttributes.length > 0 ? { subAttributes: subAttributes.map((sub) => encodeAttribute(sub, undefined)) } : {}),
  };
}

/** A Schema resource (SCIM 1.1 Core §10): one for each type, extension attributes folded in, no `schemas`. */
export const encodeSchema = (type: ResourceType): Json => ({
  id: `${CORE_URN}:${type.name}`,
  name: type.name,
  description: type.description,
  schema: CORE_URN,
  endpoint: type.endpoint,
  attributes: [
    ...type.attributes.map((attribute) => encodeAttribute(attribute, CORE_URN)),
    ...type.extensions.flatMap((extension: Extension) =>
      extension.attributes.map((attribute) => encodeAttribute(attribute, extension.urn)),
    ),
  ],
});

/** The names a schema answers to: its id, its name, its endpoint, in any case. */
export const schemaNames = (type: ResourceType): readonly string[] =>
  [`${CORE_URN}:${type.name}`, type.name, type.endpoint.slice(1)].map((name) => name.toLowerCase());

/** Not SCIM 1.1, but asked for by Okta's test suite; in 2.0's shape with 1.1's URNs. */
export const encodeResourceType = (type: ResourceType, baseUrl: string): Json => ({
  schemas: [CORE_URN],
  id: type.name,
  name: type.name,
  description: type.description,
  endpoint: type.endpoint,
  schema: CORE_URN,
  schemaExtensions: type.extensions.map(({ urn }) => ({ schema: urn, required: false })),
  meta: { location: `${baseUrl}/ResourceTypes/${type.name}` },
});
