import type { BackendModule } from '../module/backend-module.ts';
import { groupsTable, usersTable } from './settings/branch-tables.ts';
import { complaints } from './settings/complaints.ts';
import { entitlementsTable } from './settings/entitlements-table.ts';
import type { LdapApp } from './settings/options.ts';
import { ownTable } from './settings/own-table.ts';

/** People and groups in an LDAP directory. */
export const ldap: BackendModule<LdapApp> = {
  name: 'ldap',
  place: 'an LDAP directory',
  described:
    'A directory that is there already. Its address and a service account are asked for, the rest is found out.',
  own: ownTable,
  users: usersTable,
  groups: groupsTable,
  entitlements: entitlementsTable,
  complaints,
  identity: ({ ldap, users, groups, entitlements, okta_app }) => ({ ldap, users, groups, entitlements, okta_app }),
  mapped: ['profile', 'id_attribute'],
  create: async (app, surroundings) => (await import('./create.ts')).create(app, surroundings),
  rehearse: async (app) => (await import('./rehearse.ts')).rehearse(app),
  census: async (app, options) => (await import('./census.ts')).census(app, options),
  examine: async (app) => (await import('./examine.ts')).examine(app),
  explainFilter: async (app, question) => (await import('./explain-filter.ts')).explainFilter(app, question),
  access: async (app) => (await import('./examine.ts')).access(app),
  setUp: async (subject) => (await import('./setup/set-up.ts')).setUp(subject),
  mapping: {
    suggest: async (app) => (await import('./suggest.ts')).suggest(app),
    rehearse: async (app) => (await import('./rehearse.ts')).rehearse(app),
  },
  tools: "the directory's own tools, such as ldapsearch and slapcat",
};
