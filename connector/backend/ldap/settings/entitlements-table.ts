import * as z from 'zod';
import { dn, optional } from '../../../config/vocabulary/scalars.ts';
import type { SettingsOf } from '../../../config/vocabulary/settings-of.ts';
import type { EntitlementSettings } from '../../module/app-settings.ts';
import type { Table } from '../../module/backend-module.ts';

const text = z.string();

/** What the backend adds to [apps.NAME.entitlements.TYPE]. */
export const entitlementsTable = {
  description:
    'base, filter and attribute are for the LDAP backend: one of base and attribute says where it finds them',
  settings: {
    base: dn({
      description: 'The groups below it are the entitlements, and their members have them',
      example: 'ou=licences,ou=groups,dc=example,dc=com',
    }).exactOptional(),
    filter: optional(text.regex(/^\(.*\)$/s, 'must be an LDAP filter in parentheses'), {
      description: 'LDAP filter of the groups that count',
      computed: 'that of groups',
      example: '(cn=app-*)',
    }),
    attribute: optional(text.regex(/^[\w.-]+$/, 'must be the name of an attribute'), {
      description: 'Attribute of a person whose values are what he has; with a list those of the list alone',
      example: 'employeeType',
    }),
  },
} satisfies Table;

/** A kind of entitlement that a directory knows. */
export type LdapEntitlements = EntitlementSettings & SettingsOf<(typeof entitlementsTable)['settings']>;
