import type { Path } from '../path.ts';
import { type Attribute, attribute, complex, string } from './attribute.ts';
import { type CustomAttribute, oktaGroupExtension, oktaUserExtension, undeclared } from './custom.ts';
import { enterpriseAttributes } from './enterprise.ts';
import { type EntitlementType, withAssigned } from './entitlement.ts';
import type { Extension } from './extension.ts';
import { groupAttributes } from './group.ts';
import { CORE_SCHEMA, ENTERPRISE_SCHEMA } from './names.ts';
import { userAttributes } from './user.ts';

export type TypeName = 'User' | 'Group';

/** What resources of one type are and have that those of another are not and have not. */
export interface Traits {
  readonly name: TypeName;
  /** The word for several of them. */
  readonly plural: 'users' | 'groups';
  /** The attribute that is unique among the resources of the type, by which people know them. */
  readonly naturalKey: 'userName' | 'displayName';
  /** Somebody may sign in with it: it has a password, it can be inactive, and it can be somebody's manager. */
  readonly isAccount: boolean;
  /** It has `members`. */
  readonly hasMembers: boolean;
  /** It shows the `groups` that it is in. */
  readonly showsGroups: boolean;
  /** The id of a manager who does not exist is kept, where a store can keep one; absent: it is refused. */
  readonly keepsUnknownManager?: boolean;
}

/** The traits of every type, whatever an application adds to its schema. */
export const TRAITS: Readonly<Record<TypeName, Traits>> = {
  User: {
    name: 'User',
    plural: 'users',
    naturalKey: 'userName',
    isAccount: true,
    hasMembers: false,
    showsGroups: true,
  },
  Group: {
    name: 'Group',
    plural: 'groups',
    naturalKey: 'displayName',
    isAccount: false,
    hasMembers: true,
    showsGroups: false,
  },
};

/** Attributes that paths lead to. */
export interface Schema {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly extensions: readonly Extension[];
}

/** User or Group: data only. Everything that knows SCIM reads this and nothing branches on the name. */
export interface ResourceType extends Traits, Schema {
  readonly name: TypeName;
  /** Relative to the base URL, with the slash. */
  readonly endpoint: '/Users' | '/Groups';
  readonly description: string;
  /** Core attributes: the common ones (`id`, `externalId`, `meta`), then the type's, in wire order. */
  readonly attributes: readonly Attribute[];
  readonly extensions: readonly Extension[];
}

/** `types` whose clients name managers before they exist. */
export const withUnknownManagers = ({ User, Group }: ResourceTypes): ResourceTypes => ({
  User: { ...User, keepsUnknownManager: true },
  Group,
});

/** Where a client's path leads: an attribute that exists, spelled as the schema spells it. */
export interface BoundPath {
  /** Key of the extension's object in `Attributes`. Absent for core attributes. */
  readonly extension?: string;
  readonly attribute: Attribute;
  readonly sub?: Attribute;
}

/** SCIM 1.1 Core §5.1. `meta.attributes` exists in PATCH requests only; the protocol reads it before all else. */
const commonAttributes: readonly Attribute[] = [
  string('id', 'Unique identifier for the SCIM Resource as defined by the Service Provider.', {
    required: true,
    mutability: 'readOnly',
    unique: true,
  }),
  string('externalId', 'An identifier for the Resource as defined by the Service Consumer.'),
  complex('meta', 'A complex attribute containing resource metadata.', [
    attribute('created', 'datetime', 'The DateTime the Resource was added to the Service Provider.', {
      mutability: 'readOnly',
    }),
    attribute(
      'lastModified',
      'datetime',
      'The most recent DateTime the details of this Resource were updated at the Service Provider.',
      { mutability: 'readOnly' },
    ),
    string('location', 'The URI of the Resource being returned.', { mutability: 'readOnly', caseExact: true }),
    string('version', 'The version of the Resource being returned.', { mutability: 'readOnly', caseExact: true }),
    string('attributes', 'The names of the attributes to remove from the Resource during a PATCH operation.', {
      multiValued: true,
      childName: 'attribute',
    }),
  ]),
];

/** What an application may add to the standard schema. `app`: Okta's internal name of the app, for the URN. */
export interface Customization {
  readonly app: string;
  readonly users: readonly CustomAttribute[];
  /** The URN of users' custom attributes in SCIM 2.0, where it is not Okta's. */
  readonly userSchema?: string | undefined;
  readonly groups: readonly CustomAttribute[];
  /** What people are given. */
  readonly entitlements?: readonly EntitlementType[];
}

export const noCustomization: Customization = { app: 'onprem_app', users: [], groups: [] };

export interface ResourceTypes {
  readonly User: ResourceType;
  readonly Group: ResourceType;
}

export function resourceTypes({
  app,
  users,
  userSchema,
  groups,
  entitlements = [],
}: Customization = noCustomization): ResourceTypes {
  const enterprise: Extension = {
    urn: ENTERPRISE_SCHEMA,
    accepts: (urn) => urn.toLowerCase() === ENTERPRISE_SCHEMA,
    attributes: enterpriseAttributes,
    open: false,
  };
  return {
    User: {
      ...TRAITS.User,
      endpoint: '/Users',
      description: 'Core User',
      attributes: [...commonAttributes, ...withAssigned(userAttributes, entitlements)],
      extensions: [enterprise, oktaUserExtension(app, users, userSchema)],
    },
    Group: {
      ...TRAITS.Group,
      endpoint: '/Groups',
      description: 'Core Group',
      attributes: [...commonAttributes, ...groupAttributes],
      extensions: [oktaGroupExtension(groups)],
    },
  };
}

/** The schema of those who know no entitlements. */
export const withoutEntitlements = ({ User, Group }: ResourceTypes): ResourceTypes => ({
  User: { ...User, attributes: User.attributes.filter(({ assigned }) => !assigned) },
  Group,
});

/** Finds by name whatever its case (SCIM 1.1 API §3.8). */
export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  const exact = attributes.find((a) => a.name === name);
  if (exact) return exact;
  const lower = name.toLowerCase();
  return attributes.find((a) => a.name.toLowerCase() === lower);
}

/** The extension that takes data under `urn`, and the key it is stored under. */
export function findExtension(type: Schema, urn: string): { key: string; extension: Extension } | undefined {
  const extension = type.extensions.find((e) => e.accepts(urn));
  if (!extension) return undefined;
  // An open extension keeps the client's URN, which Okta reads back letter by letter; but for "urn:", by which an
  // extension's object is told from an attribute.
  const own = [extension.urn, extension.publishedAs].some((name) => name?.toLowerCase() === urn.toLowerCase());
  return { key: own ? extension.urn : urn.replace(/^urn:/i, 'urn:'), extension };
}

export const isCoreSchema = (urn: string): boolean => urn.toLowerCase() === CORE_SCHEMA;

/** The object of an extension, as if it were an attribute: no attribute is called so. */
const WHOLE_EXTENSION = complex('', 'All attributes of an extension.', []);

/** Whether all of an extension is meant. */
export const isWholeExtension = ({ attribute }: BoundPath): boolean => attribute.name === WHOLE_EXTENSION.name;

/**
 * Binds `path` to the schema of `type`; `undefined` when there is no such attribute. No name at all, which no client can
 * write, means all of an extension.
 */
export function bindPath(type: Schema, { urn, name, sub }: Path): BoundPath | undefined {
  const found = urn === undefined || isCoreSchema(urn) ? undefined : findExtension(type, urn);
  if (urn !== undefined && !isCoreSchema(urn) && !found) return undefined;
  if (name === WHOLE_EXTENSION.name) return found && { extension: found.key, attribute: WHOLE_EXTENSION };
  const declared = findAttribute(found ? found.extension.attributes : type.attributes, name);
  const attribute_ = declared ?? (found?.extension.open ? undeclared(name) : undefined);
  if (!attribute_) return undefined;
  const base = { ...(found ? { extension: found.key } : {}), attribute: attribute_ };
  if (sub === undefined) return base;
  const subAttribute = findAttribute(attribute_.subAttributes, sub) ?? (attribute_.open ? undeclared(sub) : undefined);
  return subAttribute && { ...base, sub: subAttribute };
}

export const formatBoundPath = ({ extension, attribute: { name }, sub }: BoundPath): string =>
  `${extension === undefined ? '' : `${extension}:`}${name}${sub ? `.${sub.name}` : ''}`;
