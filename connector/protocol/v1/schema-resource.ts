import type { Attribute } from '../../scim/schema/attribute.ts';
import type { Extension } from '../../scim/schema/extension.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Json } from '../json.ts';
import { CORE_URN, NAMES } from './urns.ts';

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
      extension.attributes.map((attribute) => encodeAttribute(attribute, NAMES.wire(extension.urn))),
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
  schemaExtensions: type.extensions.map(({ urn }) => ({ schema: NAMES.wire(urn), required: false })),
  meta: { location: `${baseUrl}/ResourceTypes/${type.name}` },
});
