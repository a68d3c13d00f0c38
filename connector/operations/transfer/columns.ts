import { parsePath } from '../../scim/path.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import { bindPath, type ResourceType } from '../../scim/schema/resource-type.ts';

/** Okta's two e-mail addresses and one phone number; other values of these attributes do not fit a table. */
export const PLURAL = /^(emails|phoneNumbers|ims|photos|entitlements|roles)\.([A-Za-z]+)$/;

const USER = [
  'id',
  'externalId',
  'userName',
  'active',
  'name.formatted',
  'name.givenName',
  'name.familyName',
  'name.middleName',
  'displayName',
  'nickName',
  'title',
  'userType',
  'preferredLanguage',
  'locale',
  'timezone',
  'profileUrl',
  'emails.primary',
  'emails.secondary',
  'phoneNumbers.mobile',
] as const;

const ENTERPRISE = ['employeeNumber', 'costCenter', 'organization', 'division', 'department', 'manager.managerId'];

/** Of the original; an import keeps them together with the id. */
const TIMES = ['meta.created', 'meta.lastModified'];

/** The columns of a CSV export, each an attribute path; a plural attribute's is followed by the type of the value. */
export function columnsOf(type: ResourceType): string[] {
  const declared = type.extensions
    .filter(({ open }) => open)
    .flatMap(({ urn, attributes }) => attributes.map(({ name }) => `${urn}:${name}`));
  if (type.hasMembers) return ['id', 'displayName', ...declared, 'members', ...TIMES];
  return [...USER, ...ENTERPRISE.map((name) => `${ENTERPRISE_SCHEMA}:${name}`), ...declared, ...TIMES];
}

/** Columns that lead nowhere, so that a misspelt one is not lost in silence. */
export const unknownColumns = (type: ResourceType, columns: readonly string[]): string[] =>
  columns.filter((column) => {
    if (PLURAL.test(column) || ['type', 'password', 'passwordHash', ...TIMES].includes(column)) return false;
    const path = parsePath(column);
    return !path || !bindPath(type, path);
  });
