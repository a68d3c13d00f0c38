import type { Filter } from 'ldapts';
import { ScimError } from '../../../scim/error.ts';
import type { ResourceType, ResourceTypes, Traits, TypeName } from '../../../scim/schema/resource-type.ts';
import { isWithin, parseDn } from '../directory/dn.ts';
import { allOf, parseFilterText, present } from '../directory/filter.ts';
import type { Entry, RootDse } from '../directory/session.ts';
import { compileTable, keyOf, type Row, requiredRow, type Table } from '../mapping/attribute-mapping.ts';
import { idToScim } from '../mapping/entry-id.ts';
import { readValues } from '../mapping/entry-to-resource.ts';
import { parseTemplate, type Template } from '../mapping/template.ts';
import { LDAP_DEFAULTS } from '../settings/defaults.ts';
import type { GroupsOptions, LdapBackendOptions, UsersOptions } from '../settings/options.ts';
import { type Activation, activationAttributes, chosenActivation } from './activation.ts';
import {
  detectProfile,
  hasPasswordPolicy,
  type PasswordMethod,
  type Profile,
  type TypeProfile,
  tellsEntries,
} from './profile.ts';
import { PROFILES } from './profiles.ts';
import { type Protection, parseProtection } from './protection.ts';
import type { Schema } from './schema.ts';

/** Where the entries of one resource type live, and how they are read and made. */
export interface Branch {
  readonly type: ResourceType;
  /** Its table in the configuration, for messages. */
  readonly section: Traits['plural'];
  readonly table: Table;
  /** Where new entries go. */
  readonly base: string;
  /** Where entries are looked for; writes outside are refused. */
  readonly bases: readonly string[];
  /** Who counts as a person or a group, as far as one entry is looked for: it must also be `isNamed`. */
  readonly objects: Filter;
  /** The same for reading them all. Servers take their time over "any name", so it is asked where it must be. */
  readonly named: Filter;
  readonly objectClasses: readonly string[];
  readonly constants: Readonly<Record<string, string>>;
  readonly rdn: { readonly attribute: string; readonly value: Template };
  /** The attribute that no two may share: `userName` or `displayName`. */
  readonly natural: Row;
  readonly protections: readonly Protection[];
}

export interface Membership {
  /** The attribute of a group that lists its members. */
  readonly attribute: string;
  readonly key: string;
  /** `name`: user names instead of DNs (RFC 2307 memberUid). */
  readonly by: 'dn' | 'name';
  readonly placeholder?: string;
}

/** The whole of what is known about a directory and an app's part of it. */
export interface Tree {
  readonly profile: Profile;
  readonly schema: Schema;
  readonly users: Branch;
  readonly groups?: Branch;
  readonly membership: Membership;
  readonly activation: Activation;
  readonly passwords: PasswordMethod;
  /** A change can be answered with the entry before and after it (RFC 4527). */
  readonly readEntry: boolean;
}

export const branchOf = (tree: Tree, type: TypeName): Branch => {
  const branch = branchesOf(tree).find((one) => one.type.name === type);
  if (!branch) throw new ScimError('notImplemented', 'groups are not kept in this directory: [groups] has no base');
  return branch;
};

export const branchesOf = ({ users, groups }: Tree): readonly Branch[] => (groups ? [users, groups] : [users]);

function rdnOf(text: string, setting: string): Branch['rdn'] {
  const at = text.indexOf('=');
  if (at < 1) throw new ScimError('invalidValue', `${setting}: write it like "uid={userName}"`);
  return { attribute: text.slice(0, at).trim(), value: parseTemplate(text.slice(at + 1), setting) };
}

function branch(
  type: ResourceType,
  profile: TypeProfile,
  options: UsersOptions | GroupsOptions,
  outside: readonly string[],
): Branch {
  const section = type.plural;
  for (const base of [options.base, ...outside]) parseDn(base);
  const table = compileTable(type, profile.map, options.map ?? {}, `${section}.map`);
  const natural = requiredRow(table, type.naturalKey, `${section}.map`);
  const filter = parseFilterText(options.filter ?? profile.filter, `${section}.filter`);
  return {
    type,
    section,
    table,
    base: options.base,
    bases: [options.base, ...outside.filter((dn) => !isWithin(dn, options.base))],
    objects: filter,
    named: allOf([filter, present(natural.ldap)]) as Filter,
    objectClasses: options.object_classes ?? profile.objectClasses,
    constants: profile.constants,
    rdn: rdnOf(options.rdn ?? profile.rdn, `${section}.rdn`),
    natural,
    protections: (options.protected ?? []).map((text) => parseProtection(text, `${section}.protected`)),
  };
}

const DEACTIVATE =
  'users.deactivate: this directory has no switch of its own for an account. Choose { set = { employeeType = "inactive" } }, ' +
  '{ group = "cn=disabled,…" }, { move_to = "ou=disabled,…" } or "none"';

/** @throws invalidValue when nothing is configured and the directory offers nothing by itself */
function activationOf(profile: Profile, dse: RootDse, { deactivate, base }: UsersOptions): Activation {
  if (deactivate !== undefined) return chosenActivation(deactivate, base);
  if (profile.activation) return profile.activation;
  // draft-behera-ldap-password-policy §5.3.3: this value locks until an administrator takes it away.
  if (profile.passwordUnlocks && hasPasswordPolicy(dse)) {
    return { kind: 'values', inactive: { pwdAccountLockedTime: '000001010000Z' }, active: {} };
  }
  throw new ScimError('invalidValue', DEACTIVATE);
}

function membershipOf(profile: Profile, options: GroupsOptions | undefined): Membership {
  const attribute = options?.member ?? profile.groups.member;
  const byName = attribute.toLowerCase() === 'memberuid';
  const placeholder = options?.placeholder_member ?? (byName ? '' : profile.groups.placeholderMember);
  return {
    attribute,
    key: keyOf(attribute),
    by: byName ? 'name' : 'dn',
    ...(placeholder === undefined || placeholder === '' ? {} : { placeholder }),
  };
}

export const profileOf = (options: LdapBackendOptions, dse: RootDse): Profile => {
  const { profile = LDAP_DEFAULTS.profile, id_attribute } = options.ldap;
  const found = PROFILES[profile === 'auto' ? detectProfile(dse) : profile];
  if (id_attribute === undefined || id_attribute.toLowerCase() === found.id.attribute.toLowerCase()) return found;
  return { ...found, id: { attribute: id_attribute, format: 'text' } };
};

/** Puts the settings and what the server says of itself together. @throws invalidValue naming the setting at fault */
export function plantTree(options: LdapBackendOptions, types: ResourceTypes, dse: RootDse, schema: Schema): Tree {
  const profile = profileOf(options, dse);
  const activation = activationOf(profile, dse, options.users);
  const outside = activation.kind === 'move' ? [activation.to] : [];
  return {
    profile,
    schema,
    users: branch(types.User, profile.users, options.users, outside),
    ...(options.groups ? { groups: branch(types.Group, profile.groups, options.groups, []) } : {}),
    membership: membershipOf(profile, options.groups),
    activation,
    passwords: profile.passwords(dse),
    readEntry: tellsEntries(dse),
  };
}

/** The SCIM id of an entry. */
export const idOf = ({ profile: { id } }: Tree, { attributes }: Entry): string =>
  idToScim(id.format, attributes.get(keyOf(id.attribute))?.[0] ?? '');

/** The name that an entry bears: its resource's natural key. Empty where it has none. */
export const nameIn = ({ natural }: Branch, entry: Entry): string => String(readValues(natural, entry)[0] ?? '');

/** An entry without a name is nobody SCIM could speak of. */
export const isNamed = ({ natural }: Branch, entry: Entry): boolean => entry.attributes.has(natural.key);

/** Attributes of every entry of `branch` that carry a resource, without members. */
export function entryAttributes(tree: Tree, { type, table }: Branch, rows: readonly Row[] = table.rows): string[] {
  const { profile, activation } = tree;
  const own = rows.filter(({ readable }) => readable).map(({ ldap }) => ldap);
  const fixed = [profile.id.attribute, profile.created, profile.lastModified, profile.version ?? ''];
  const active = type.isAccount ? activationAttributes(activation) : [];
  return [...new Set([...fixed, ...own, ...active])].filter((name) => name !== '');
}

/** Attributes whose values are bytes. */
export const binaryAttributes = ({ profile }: Tree, { table }: Branch): string[] => [
  ...(profile.id.format === 'guid' ? [profile.id.attribute] : []),
  ...table.rows.filter(({ syntax }) => syntax.name === 'binary').map(({ ldap }) => ldap),
];
