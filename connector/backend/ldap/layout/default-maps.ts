import { OKTA_GROUP_URN } from '../../../scim/schema/custom.ts';
import { ENTERPRISE_SCHEMA } from '../../../scim/schema/names.ts';
import type { MapOptions } from '../settings/options.ts';

/** A tree of inetOrgPerson (RFC 2798). */
export const INET_ORG_PERSON: MapOptions = {
  userName: 'uid',
  'name.formatted': { ldap: 'cn', otherwise: ['{displayName}', '{name.givenName} {name.familyName}', '{userName}'] },
  'name.familyName': { ldap: 'sn', placeholder: '-' },
  'name.givenName': 'givenName',
  displayName: 'displayName',
  title: 'title',
  preferredLanguage: 'preferredLanguage',
  userType: 'employeeType',
  // Okta's own words for the two addresses it sends (docs/okta-agent.md, Users); others keep more of them.
  emails: { ldap: 'mail', labels: ['primary', 'secondary', 'other'] },
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

export const GROUP: MapOptions = { displayName: 'cn', [`${OKTA_GROUP_URN}:description`]: 'description' };

const one = (ldap: string): { ldap: string; many: false } => ({ ldap, many: false });

/** Active Directory's user: single values nearly everywhere (MS-ADSC). */
export const AD_USER: MapOptions = {
  userName: 'userPrincipalName',
  'ldap:sAMAccountName': { ldap: 'sAMAccountName', direction: 'once', otherwise: ['{userName:account:unique}'] },
  displayName: 'displayName',
  'name.formatted': 'displayName',
  'name.familyName': 'sn',
  'name.givenName': 'givenName',
  'name.middleName': 'middleName',
  title: 'title',
  preferredLanguage: 'preferredLanguage',
  userType: 'employeeType',
  'emails.primary': one('mail'),
  'emails.secondary': { ldap: 'otherMailbox', labels: ['secondary', 'other'] },
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
