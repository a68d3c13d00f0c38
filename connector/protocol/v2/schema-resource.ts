import type { Attribute } from '../../scim/schema/attribute.ts';
import type { EntitlementType } from '../../scim/schema/entitlement.ts';
import { entitlementSchema } from '../../scim/schema/entitlement-schema.ts';
import type { Extension } from '../../scim/schema/extension.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Json } from '../json.ts';
import type { DiscoveryRequest } from '../protocol.ts';
import { CORE_URNS, ENTITLEMENT_URNS, RESOURCE_TYPE_URN, SCHEMA_URN, urnOf } from './urns.ts';

/** Common to all resources, and of no schema (RFC 7643 §3.1). */
const COMMON: ReadonlySet<string> = new Set(['id', 'externalId', 'meta']);

/** What a reference leads to; a text that is no reference is not listed (RFC 7643 §7). */
const REFERENCE_TYPES: Readonly<Record<string, readonly string[]>> = {
  profileUrl: ['external'],
  'photos.value': ['external'],
  'members.$ref': ['User', 'Group'],
  'groups.$ref': ['Group'],
  'manager.$ref': ['User'],
};

const TYPES: Readonly<Record<string, string>> = { datetime: 'dateTime' };

function uniqueness({ unique }: Attribute): string {
  return unique ? 'server' : 'none';
}

/** @param prefix  of a member it is `members.`: it is put in or taken out, and not changed (RFC 7643 §4.2) */
function encodeAttribute(attribute: Attribute, prefix: string): Json {
  const { name, type, multiValued, description, required, caseExact, canonicalValues, mutability, returned } =
    attribute;
  const path = `${prefix}${name}`;
  const referenceTypes = REFERENCE_TYPES[path];
  const subAttributes = partsOf(attribute, path);
  return {
    name,
    type: referenceTypes ? 'reference' : (TYPES[type] ?? type),
    multiValued,
    description,
    required,
    ...(canonicalValues.length > 0 ? { canonicalValues } : {}),
    caseExact: referenceTypes !== undefined || caseExact,
    mutability: prefix === 'members.' && mutability === 'readWrite' ? 'immutable' : mutability,
    returned,
    uniqueness: uniqueness(attribute),
    ...(referenceTypes ? { referenceTypes } : {}),
    ...(subAttributes.length > 0 ? { subAttributes } : {}),
  };
}

const reference = (like: Attribute, mutability: Attribute['mutability']): Attribute => ({
  ...like,
  name: '$ref',
  description: 'The URI of the resource that the value is the id of.',
  required: false,
  unique: false,
  mutability,
  canonicalValues: [],
});

/** `$ref` is written by us, and `manager.managerId` is called `value`: neither is in the schema of the house. */
function partsOf({ name, subAttributes }: Attribute, path: string): readonly Json[] {
  const [value] = subAttributes;
  if (!value) return [];
  const spelled = name === 'manager' ? [{ ...value, name: 'value' }, ...subAttributes.slice(1)] : subAttributes;
  const isReference = REFERENCE_TYPES[`${path}.$ref`] !== undefined;
  const parts = isReference ? [spelled[0] ?? value, reference(value, 'readOnly'), ...spelled.slice(1)] : spelled;
  return parts.map((part) => encodeAttribute(part, `${path}.`));
}

interface Described {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

const NAMES_OF_EXTENSIONS: Readonly<Record<string, string>> = { 'enterprise:2.0:user': 'EnterpriseUser' };

function describedExtension(type: ResourceType, extension: Extension): Described {
  const { attributes } = extension;
  const id = urnOf(extension);
  const known = Object.entries(NAMES_OF_EXTENSIONS).find(([end]) => id.toLowerCase().endsWith(end))?.[1];
  const name = known ?? `Custom${type.name}`;
  return { id, name, description: known ? 'Enterprise User' : `Custom attributes of a ${type.name}`, attributes };
}

const described = (type: ResourceType): readonly Described[] => [
  {
    id: CORE_URNS[type.name],
    name: type.name,
    description: type.description,
    attributes: type.attributes.filter(({ name }) => !COMMON.has(name)),
  },
  ...type.extensions.map((extension) => describedExtension(type, extension)),
];

/** Okta's schemas of what people are given, each once; `type` has the names of all kinds. */
function describedEntitlements(types: readonly EntitlementType[]): readonly Described[] {
  const kinds = [...new Map(types.map((type) => [type.kind, type])).values()];
  return kinds.map((type) => ({
    id: ENTITLEMENT_URNS[type.kind],
    name: type.kind === 'role' ? 'Role' : 'Entitlement',
    description: 'What people are given',
    attributes: entitlementSchema(type)
      .attributes.filter(({ name }) => !COMMON.has(name))
      .map((attribute) => {
        const names = types.filter(({ kind }) => kind === type.kind).map(({ name }) => name);
        return attribute.name === 'type' ? { ...attribute, canonicalValues: names } : attribute;
      }),
  }));
}

/** Every schema once: User, its extensions, Group, its extensions, what people are given (RFC 7643 §7). */
export const encodeSchemas = ({
  types,
  kept,
  entitlements,
  baseUrl,
}: DiscoveryRequest): readonly (Json & { id: string })[] =>
  [...types.map(kept).flatMap(described), ...describedEntitlements(entitlements)].map(
    ({ id, name, description, attributes }) => ({
      schemas: [SCHEMA_URN],
      id,
      name,
      description,
      attributes: attributes.map((attribute) => encodeAttribute(attribute, '')),
      meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
    }),
  );

/** RFC 7643 §6. */
export const encodeResourceType = (type: ResourceType, baseUrl: string): Json => ({
  schemas: [RESOURCE_TYPE_URN],
  id: type.name,
  name: type.name,
  description: type.description,
  endpoint: type.endpoint,
  schema: CORE_URNS[type.name],
  schemaExtensions: type.extensions.map((extension) => ({ schema: urnOf(extension), required: false })),
  meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.name}` },
});
