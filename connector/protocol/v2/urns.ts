import type { Path } from '../../scim/path.ts';
import type { Extension } from '../../scim/schema/extension.ts';
import { CORE_SCHEMA, ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import type { ResourceType, TypeName } from '../../scim/schema/resource-type.ts';
import { type SchemaNames, schemaNames } from '../schema-names.ts';

/** RFC 7643 §8 and RFC 7644 §8.2. */
const SCHEMAS = 'urn:ietf:params:scim:schemas:';
export const MESSAGES = 'urn:ietf:params:scim:api:messages:2.0:';

export const CORE_URNS: Readonly<Record<TypeName, string>> = {
  User: `${SCHEMAS}core:2.0:User`,
  Group: `${SCHEMAS}core:2.0:Group`,
};
export const ENTERPRISE_URN = `${SCHEMAS}extension:enterprise:2.0:User`;
/** Okta's own (docs/okta-agent.md, Entitlements). */
export const ENTITLEMENT_URNS = {
  role: 'urn:okta:scim:schemas:core:1.0:Role',
  entitlement: 'urn:okta:scim:schemas:core:1.0:Entitlement',
} as const;
export const SCHEMA_URN = `${SCHEMAS}core:2.0:Schema`;
export const RESOURCE_TYPE_URN = `${SCHEMAS}core:2.0:ResourceType`;
export const PROVIDER_CONFIG_URN = `${SCHEMAS}core:2.0:ServiceProviderConfig`;
export const LIST_URN = `${MESSAGES}ListResponse`;
export const SEARCH_URN = `${MESSAGES}SearchRequest`;
export const ERROR_URN = `${MESSAGES}Error`;
export const PATCH_URN = `${MESSAGES}PatchOp`;
export const BULK_RESPONSE_URN = `${MESSAGES}BulkResponse`;

const names = schemaNames({ [CORE_SCHEMA]: CORE_URNS.User, [ENTERPRISE_SCHEMA]: ENTERPRISE_URN });

/** What an extension is called on the wire. */
export const urnOf = ({ urn, publishedAs }: Pick<Extension, 'urn' | 'publishedAs'>): string =>
  publishedAs ?? NAMES.wire(urn);

/** What the object under `key` is called on the wire. */
export const urnOfBlock = ({ extensions }: Pick<ResourceType, 'extensions'>, key: string): string =>
  extensions.find(({ urn }) => urn === key)?.publishedAs ?? NAMES.wire(key);

/** `manager.value` is 1.1's `manager.managerId`: one stored attribute, two spellings. */
function ourManager(path: Path): Path {
  const isManager = path.urn === ENTERPRISE_SCHEMA && path.name.toLowerCase() === 'manager';
  return isManager && path.sub?.toLowerCase() === 'value' ? { ...path, sub: 'managerId' } : path;
}

/** A text of ours with the words that a client of 2.0 knows. */
export const inOwnNames = (text: string): string =>
  text.replaceAll(ENTERPRISE_SCHEMA, ENTERPRISE_URN).replaceAll('manager.managerId', 'manager.value');

/** Two core schemas, where we have one name for both. */
export const NAMES: SchemaNames = {
  ...names,
  ours: (urn) => (urn.toLowerCase() === CORE_URNS.Group.toLowerCase() ? CORE_SCHEMA : names.ours(urn)),
  ourPath: ourManager,
};
