import { OKTA_GROUP_URN } from '../../../scim/schema/custom.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import { ID_ATTRIBUTES, MEMBER, type ProfileName } from '../settings/defaults.ts';
import type { MapOptions } from '../settings/options.ts';
import { type Profile, takesPasswordModify } from './profile.ts';

/** A tree of inetOrgPerson (RFC 2798). */
const INET_ORG_PERSON: MapOptions = {
  userName: 'uid',
  'name.formatted': { ldap: 'cn', otherwise: ['{displayName}', '{name.givenName} {name.familyName}', '{userName}'] },
  'name.familyName': { ldap: 'sn', placeholder: '-' },
  'name.givenName': 'givenName',
  displayName: 'displayName',
  title: 'title',
  preferredLanguage: 'preferredLanguage',
  userType: 'employeeType',
  // Okta's own words for the two addresses it sends (docs/okta-agent.md, Users).
  emails: { ldap: 'mail', labels: ['primary', 'secondary'] },
  'phoneNumbers.work': 'telephoneNumber',
  'phoneNumbers.mobile': 'mobile',
  'phoneNumbers.home': 'homePhone',
  'phoneNumbers.fax': 'facsimileTelephoneNumber',
  'phoneNumbers.pager': 'pager',
  'addresses.work.streetAddress': 'street',
  'addresses.work.locality': 'l',
  'addresses.work.region': 'st',
  'addresses.work.postalCode': 'postalCode',
  [`${ENTERPRISE_SCHEMA}:employeeNumber`]: 'employeeNumber',
  [`${ENTERPRISE_SCHEMA}:department`]: 'departmentNumber',
  [`${ENTERPRISE_SCHEMA}:organization`]: 'o',
  [`${ENTERPRISE_SCHEMA}:manager.managerId`]: { ldap: 'manager', syntax: 'dn' },
};

const GROUP: MapOptions = { displayName: 'cn', [`${OKTA_GROUP_URN}:description`]: 'description' };

const one = (ldap: string): { ldap: string; many: false } => ({ ldap, many: false });

/** Active Directory's user: single values nearly everywhere (MS-ADSC). */
const AD_USER: MapOptions = {
  userName: 'userPrincipalName',
  'ldap:sAMAccountName': { ldap: 'sAMAccountName', direction: 'once', otherwise: ['{userName:account}'] },
  displayName: 'displayName',
  'name.formatted': 'displayName',
  'name.familyName': 'sn',
  'name.givenName': 'givenName',
  'name.middleName': 'middleName',
  title: 'title',
  preferredLanguage: 'preferredLanguage',
  userType: 'employeeType',
  'emails.primary': one('mail'),
  'emails.secondary': 'otherMailbox',
  'phoneNumbers.work': one('telephoneNumber'),
  'phoneNumbers.mobile': one('mobile'),
  'phoneNumbers.home': one('homePhone'),
  'phoneNumbers.fax': one('facsimileTelephoneNumber'),
  'phoneNumbers.pager': one('pager'),
  'addresses.work.streetAddress': 'streetAddress',
  'addresses.work.locality': 'l',
  'addresses.work.region': 'st',
  'addresses.work.postalCode': 'postalCode',
  'addresses.work.country': 'c',
  [`${ENTERPRISE_SCHEMA}:employeeNumber`]: 'employeeID',
  [`${ENTERPRISE_SCHEMA}:department`]: 'department',
  [`${ENTERPRISE_SCHEMA}:division`]: 'division',
  [`${ENTERPRISE_SCHEMA}:organization`]: 'company',
  [`${ENTERPRISE_SCHEMA}:manager.managerId`]: { ldap: 'manager', syntax: 'dn' },
};

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
    version: 'uSNChanged',
    activation: { kind: 'account-control' },
    passwords: () => 'unicodePwd',
    passwordUnlocks: false,
    memberOf: 'complete',
    users: {
      objectClasses: ['top', 'person', 'organizationalPerson', 'user'],
      filter: '(&(objectCategory=person)(objectClass=user))',
      rdn: 'cn={userName}',
      map: AD_USER,
      constants: {},
    },
    groups: {
      objectClasses: ['top', 'group'],
      filter: '(objectClass=group)',
      rdn: 'cn={displayName}',
      map: {
        ...GROUP,
        'ldap:sAMAccountName': { ldap: 'sAMAccountName', direction: 'once', otherwise: ['{displayName:plain}'] },
      },
      // A global security group (MS-ADTS §2.2.12).
      constants: { groupType: '-2147483646' },
      member: MEMBER,
    },
  },
};
