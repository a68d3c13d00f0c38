import type { z } from 'zod';
import type { InForce, SettingsOf } from '../../../config/vocabulary/settings-of.ts';
import type { AppSettings } from '../../module/app-settings.ts';
import type { groupsTable, usersTable } from './branch-tables.ts';
import type { deactivate } from './deactivate.ts';
import type { LdapEntitlements } from './entitlements-table.ts';
import type { lines, row } from './map-table.ts';
import type { LdapSettings } from './own-table.ts';

/** How one SCIM attribute is kept. Names are those of the configuration file: `[apps.X.users.map]`. */
export type RowOptions = InForce<z.output<typeof row>>;

/**
 * SCIM path → directory attribute. A path is `title`, `name.givenName`, `emails` or, for the values of one type,
 * `phoneNumbers.mobile`, `addresses.work.locality`; `custom.NAME` for the app's own attributes, a URN for an
 * extension's. `ldap:NAME` is an attribute without a SCIM one, written from `otherwise`. "" takes a default row away.
 */
export type MapOptions = InForce<z.output<typeof lines>>;

/**
 * What an account that may not be used looks like: it has the values of `set`, is a member of `group`, or lives below
 * `move_to`. `none` offers no deactivation at all.
 */
export type DeactivateOptions = InForce<z.output<typeof deactivate>>;

type Users = SettingsOf<(typeof usersTable)['settings']>;
type Groups = SettingsOf<(typeof groupsTable)['settings']>;

/** An app that keeps people in a directory, as it is configured. */
export interface LdapApp extends AppSettings {
  readonly ldap: LdapSettings;
  readonly users: AppSettings['users'] & Users;
  readonly groups: AppSettings['groups'] & Groups;
  readonly entitlements: readonly LdapEntitlements[];
}

type Based<Branch> = Branch & { readonly base: string };

export type UsersOptions = Based<Users>;
export type GroupsOptions = Based<Groups>;

/** The part of an app's settings that the backend needs; the connection's own are read by `openDirectory`. */
export interface LdapBackendOptions {
  readonly ldap: Pick<LdapSettings, 'profile' | 'id_attribute' | 'member_of' | 'snapshot_ttl' | 'reference_ttl'>;
  readonly users: UsersOptions;
  readonly groups?: GroupsOptions;
  readonly entitlements?: readonly LdapEntitlements[];
}
