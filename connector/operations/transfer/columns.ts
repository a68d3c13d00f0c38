import { parsePath } from '../../scim/path.ts';
import { type Complex, isComplex } from '../../scim/resource.ts';
import { ENTERPRISE_SCHEMA } from '../../scim/schema/names.ts';
import { bindPath, findAttribute, type ResourceType } from '../../scim/schema/resource-type.ts';
import type { TransferRecord } from './transfer-record.ts';

/** Okta's two e-mail addresses and one phone number; other values of these attributes do not fit a table. */
const PLURAL = /^(emails|phoneNumbers|ims|photos|entitlements|roles)\.([A-Za-z]+)$/;

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

/** The columns of a CSV export, each an attribute path; a plural attribute's is followed by the type of the value. */
export function columnsOf(type: ResourceType): string[] {
  const declared = type.extensions
    .filter(({ open }) => open)
    .flatMap(({ urn, attributes }) => attributes.map(({ name }) => `${urn}:${name}`));
  if (type.name === 'Group') return ['id', 'displayName', ...declared, 'members'];
  return [...USER, ...ENTERPRISE.map((name) => `${ENTERPRISE_SCHEMA}:${name}`), ...declared];
}

type Bag = Record<string, unknown>;

export const elements = (value: unknown): Complex[] => (Array.isArray(value) ? value.filter(isComplex) : []);

/** The element of a plural attribute that the column of `type` shows. */
export function elementFor(value: unknown, type: string): Complex | undefined {
  const all = elements(value);
  const primary = all.find((element) => element['primary'] === true);
  if (type === 'primary') return primary ?? all.find((element) => element['type'] === 'primary') ?? all[0];
  return all.find((element) => element['type'] === type);
}

/** The text in one column; lists are separated by blanks, which ids never hold. */
export function cellOf(record: TransferRecord, column: string): string {
  const plural = PLURAL.exec(column);
  if (plural?.[1] && plural[2]) return String(elementFor(record[plural[1]], plural[2])?.['value'] ?? '');
  const path = parsePath(column);
  if (!path) return '';
  const holder = (path.urn === undefined ? record : record[path.urn]) as Bag | undefined;
  const value = holder?.[path.name];
  const part = path.sub !== undefined && isComplex(value) ? value[path.sub] : value;
  if (Array.isArray(part)) return part.map((item) => (isComplex(item) ? item['value'] : item)).join(' ');
  return part === undefined || isComplex(part) ? '' : String(part);
}

/** Columns that lead nowhere, so that a misspelt one is not lost in silence. */
export const unknownColumns = (type: ResourceType, columns: readonly string[]): string[] =>
  columns.filter((column) => {
    if (
      PLURAL.test(column) ||
      ['type', 'password', 'passwordHash', 'meta.created', 'meta.lastModified'].includes(column)
    )
      return false;
    const path = parsePath(column);
    return !path || !bindPath(type, path);
  });

/** Puts the text of one column where its path says. Empty cells are no value. */
export function setCell(type: ResourceType, record: Bag, column: string, cell: string): void {
  if (cell === '') return;
  const plural = PLURAL.exec(column);
  if (plural?.[1] && plural[2]) {
    const primary = plural[2] === 'primary' ? { primary: true } : {};
    record[plural[1]] = [...elements(record[plural[1]]), { value: cell, type: plural[2], ...primary }];
    return;
  }
  const path = parsePath(column);
  if (!path) return;
  const holder = path.urn === undefined ? record : { ...(record[path.urn] as Bag | undefined) };
  if (path.urn !== undefined) record[path.urn] = holder;
  const attribute =
    path.urn === undefined ? findAttribute(type.attributes, path.name) : bindPath(type, path)?.attribute;
  if (path.sub !== undefined) holder[path.name] = { ...(holder[path.name] as Bag | undefined), [path.sub]: cell };
  else holder[path.name] = attribute?.multiValued ? cell.split(/\s+/) : cell;
}
