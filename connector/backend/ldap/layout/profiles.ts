import { ID_ATTRIBUTES, MEMBER, type ProfileName } from '../settings/defaults.ts';
import { AD_USER, GROUP, INET_ORG_PERSON } from './default-maps.ts';
import { type Profile, takesPasswordModify } from './profile.ts';

const people = {
  objectClasses: ['top', 'person', 'organizationalPerson', 'inetOrgPerson'],
  filter: '(objectClass=inetOrgPerson)',
  rdn: 'uid={userName}',
  map: INET_ORG_PERSON,
  constants: {},
} as const;

const groupsOfNames = {
  objectClasses: ['top', 'groupOfNames'],
  filter: '(objectClass=groupOfNames)',
  rdn: 'cn={displayName}',
  map: GROUP,
  constants: {},
  member: MEMBER,
} as const;

const GENERIC: Profile = {
  name: 'generic',
  id: { attribute: ID_ATTRIBUTES.generic, format: 'uuid' },
  created: 'createTimestamp',
  lastModified: 'modifyTimestamp',
  fraction: false,
  tellsClasses: true,
  comparesBySyntax: false,
  passwords: (dse) => (takesPasswordModify(dse) ? 'exop' : 'modify'),
  passwordUnlocks: false,
  memberOf: 'sample',
  users: people,
  groups: { ...groupsOfNames, placeholderMember: 'cn=empty-membership-placeholder' },
};

/** What stands behind these rows: docs/directories.md, At a glance. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  generic: GENERIC,
  openldap: { ...GENERIC, name: 'openldap', version: 'entryCSN', passwordUnlocks: true },
  '389ds': {
    ...GENERIC,
    name: '389ds',
    comparesBySyntax: true,
    id: { attribute: ID_ATTRIBUTES['389ds'], format: 'nsuniqueid' },
    activation: { kind: 'values', inactive: { nsAccountLock: 'true' }, active: {} },
    // The server hashes what it is given, and keeps the lock.
    passwords: () => 'modify',
    memberOf: 'nested',
    groups: groupsOfNames,
  },
  'active-directory': {
    name: 'active-directory',
    id: { attribute: ID_ATTRIBUTES['active-directory'], format: 'guid' },
    created: 'whenCreated',
    lastModified: 'whenChanged',
    fraction: true,
    tellsClasses: false,
    comparesBySyntax: true,
    version: 'uSNChanged',
    activation: { kind: 'account-control' },
    passwords: () => 'unicodePwd',
    passwordUnlocks: false,
    memberOf: 'complete',
    users: {
      objectClasses: ['top', 'person', 'organizationalPerson', 'user'],
      filter: '(&(objectCategory=person)(objectClass=user))',
      rdn: 'cn={userName:unique}',
      map: AD_USER,
      constants: {},
    },
    groups: {
      objectClasses: ['top', 'group'],
      filter: '(objectClass=group)',
      rdn: 'cn={displayName}',
      map: {
        ...GROUP,
        'ldap:sAMAccountName': { ldap: 'sAMAccountName', direction: 'once', otherwise: ['{displayName:plain:unique}'] },
      },
      // A global security group (MS-ADTS §2.2.12).
      constants: { groupType: '-2147483646' },
      member: MEMBER,
    },
  },
};
