/** How one SCIM attribute is kept. Names are those of the configuration file: `[apps.X.users.map]`. */
export interface RowOptions {
  /** Attribute type of the directory, without options other than a language or `;binary`. */
  readonly ldap: string;
  /** How values are written. Default: by the SCIM attribute's type. */
  readonly syntax?: 'string' | 'boolean' | 'integer' | 'decimal' | 'time' | 'binary' | 'dn';
  /** `once`: written when the entry is made and never again. Default `both`. */
  readonly direction?: 'both' | 'read' | 'write' | 'once';
  /** Every value belongs to the attribute, not only the first. Default: for plural attributes. */
  readonly many?: boolean;
  /** `type` of the first value and of all others, of a plural row that names no type itself. */
  readonly labels?: readonly string[];
  /** Templates of what to write when the attribute has no value; the first that can be filled in counts. */
  readonly otherwise?: readonly string[];
  readonly lower?: boolean;
  /** Put before every value in the directory, and only values with it are read. */
  readonly prefix?: string;
  /** Written when there is no value but the directory demands one; not shown when read. */
  readonly placeholder?: string;
}

/**
 * SCIM path → directory attribute. A path is `title`, `name.givenName`, `emails` or, for the values of one type,
 * `phoneNumbers.mobile`, `addresses.work.locality`; `custom.NAME` for the app's own attributes, a URN for an
 * extension's. `ldap:NAME` is an attribute without a SCIM one, written from `otherwise`. "" takes a default row away.
 */
export type MapOptions = Readonly<Record<string, string | RowOptions>>;

/** What an account that may not be used looks like. One of the four, or `none` to offer no deactivation at all. */
export type DeactivateOptions =
  | 'none'
  | { readonly set: Readonly<Record<string, string>>; readonly active?: Readonly<Record<string, string>> }
  /** Members of this group are inactive. */
  | { readonly group: string }
  /** Inactive people live below this DN. */
  | { readonly move_to: string };

export interface UsersOptions {
  readonly base: string;
  /** LDAP filter text: who counts as a person. Default: the profile's. */
  readonly filter?: string;
  readonly object_classes?: readonly string[];
  /** Template of a new entry's RDN, e.g. `uid={userName}`. */
  readonly rdn?: string;
  /** DNs with `*`, or LDAP filters in parentheses, that no write may touch. */
  readonly protected?: readonly string[];
  readonly deactivate?: DeactivateOptions;
  readonly map?: MapOptions;
}

export interface GroupsOptions {
  readonly base: string;
  readonly filter?: string;
  readonly object_classes?: readonly string[];
  readonly rdn?: string;
  readonly protected?: readonly string[];
  /** Attribute that lists the members: DNs, or user names in `memberUid`. */
  readonly member?: string;
  /** DN that stands in a group without members, where the object class demands one. `""` for none. */
  readonly placeholder_member?: string;
  readonly map?: MapOptions;
}

export type ProfileName = 'openldap' | '389ds' | 'active-directory' | 'generic';

export interface LdapOptions {
  readonly profile?: ProfileName | 'auto';
  /** Attribute that identifies an entry for ever. Default: the profile's. */
  readonly id_attribute?: string;
  /** `User.groups` from `memberOf`: always, never, or when a sample agrees with the groups themselves. */
  readonly member_of?: 'auto' | 'always' | 'never';
  /** How long an import's list of ids is kept. Unit: ms. */
  readonly snapshot_ttl?: number;
  /** How long the DN ↔ id pairs of members and groups are believed when they are only displayed. Unit: ms. */
  readonly reference_ttl?: number;
}

/** The part of an app's settings that the backend needs; the connection's own are read by `openDirectory`. */
export interface LdapBackendOptions {
  readonly ldap: LdapOptions;
  readonly users: UsersOptions;
  readonly groups?: GroupsOptions;
}
