import * as z from 'zod';
import { dn, optional, texts } from '../../../config/vocabulary/scalars.ts';
import type { Table } from '../../module/backend-module.ts';
import { deactivate } from './deactivate.ts';
import { MEMBER } from './defaults.ts';
import { map } from './map-table.ts';

const text = z.string();

interface Examples {
  readonly base: string;
  readonly rdn: string;
  readonly filter: string;
  readonly protected: readonly string[];
  readonly object_classes: readonly string[];
}

/** What [apps.NAME.users] and [apps.NAME.groups] have in common in a directory. */
const branch = (who: string, examples: Examples) => ({
  base: dn({ description: `Where ${who} live, and where new ones go`, example: examples.base }).exactOptional(),
  filter: optional(text.regex(/^\(.*\)$/s, 'must be an LDAP filter in parentheses'), {
    description: `LDAP filter of who counts`,
    computed: "the profile's",
    example: examples.filter,
  }),
  object_classes: texts('must be the name of an object class', (name) => /^[\w.-]+$/.test(name))({
    description: 'Object classes of a new entry',
    computed: "the profile's",
    example: examples.object_classes,
  }).exactOptional(),
  rdn: optional(text.regex(/^[\w.-]+\s*=\s*\S/, 'must look like "uid={userName}"'), {
    description: "Template of a new entry's name",
    computed: "the profile's",
    example: examples.rdn,
  }),
  protected: texts('must be a DN, "*" standing for anything, or an LDAP filter in parentheses', (value) =>
    /^\(|=/.test(value),
  )({
    description: 'Entries that no write may touch: DNs with "*", or LDAP filters in parentheses',
    example: examples.protected,
  }).exactOptional(),
});

const membership = {
  member: optional(text.regex(/^[\w.-]+$/, 'must be the name of an attribute'), {
    description: 'Attribute that lists the members: DNs, or user names in memberUid',
    computed: JSON.stringify(MEMBER),
    example: MEMBER,
  }),
  placeholder_member: optional(text, {
    description: 'DN that stands in a group without members, where the object class demands one; "" for none',
    computed: "the profile's",
    example: 'cn=empty-membership-placeholder',
  }),
};

/** What the backend adds to [apps.NAME.users]. */
export const usersTable = {
  description: 'All but custom attributes is for the LDAP backend',
  settings: {
    ...branch('users', {
      base: 'ou=people,dc=example,dc=com',
      filter: '(objectClass=inetOrgPerson)',
      rdn: 'uid={userName}',
      object_classes: ['top', 'person', 'organizationalPerson', 'inetOrgPerson'],
      protected: ['uid=root,*', '(employeeType=service)'],
    }),
    deactivate,
    map: map({ title: 'title', 'custom.badgeId': { ldap: 'carLicense' } }),
  },
} satisfies Table;

/** What it adds to [apps.NAME.groups]. */
export const groupsTable = {
  description: 'Without a base the LDAP backend keeps none',
  settings: {
    ...branch('groups', {
      base: 'ou=groups,dc=example,dc=com',
      filter: '(objectClass=groupOfNames)',
      rdn: 'cn={displayName}',
      object_classes: ['top', 'groupOfNames'],
      protected: ['cn=admins,*'],
    }),
    ...membership,
    map: map({ 'custom.costCenter': 'businessCategory' }),
  },
} satisfies Table;
