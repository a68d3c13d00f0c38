import { ScimError } from '../../scim/error.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { userPayload } from '../../simulator/payload.ts';
import { setCell } from '../transfer/cells.ts';
import type { OktaColumn } from './okta-columns.ts';

/** Words of Okta's for people whom it pushes no more. */
const GONE = /^(deprovisioned|deactivated|inactive|deleted)$/i;

export const isDeactivated = (columns: readonly OktaColumn[], cells: readonly string[]): boolean =>
  columns.some(({ sent }, i) => sent === 'status' && GONE.test(cells[i] ?? ''));

/** What the agent's own payload has a place for. */
type Known = 'userName' | 'firstName' | 'lastName' | 'email' | 'secondEmail' | 'mobilePhone';

const PERSON: Readonly<Record<string, Known>> = {
  userName: 'userName',
  'name.givenName': 'firstName',
  'name.familyName': 'lastName',
  'emails.primary': 'email',
  'emails.secondary': 'secondEmail',
  'phoneNumbers.mobile': 'mobilePhone',
};

/**
 * The body of the push that Okta would send of a row: what is empty is left out (docs/okta-agent.md, Users).
 * @throws invalidSyntax  it is no row of this table, or nobody's
 */
export function pushOf(
  app: string,
  type: ResourceType,
  columns: readonly OktaColumn[],
  cells: readonly string[],
): object {
  if (cells.length !== columns.length)
    throw unfit(`has ${cells.length} cells, and the header ${columns.length} columns`);
  if (cells.some((cell) => cell.includes('\ufffd'))) throw unfit('not UTF-8 text; save the file as UTF-8');
  const person: Partial<Record<Known, string>> = {};
  const others: (readonly [path: string, cell: string])[] = [];
  for (const [i, { path, sent }] of columns.entries()) {
    const cell = cells[i] ?? '';
    if (path === undefined || sent === 'status' || cell === '') continue;
    const own = PERSON[path];
    if (own) person[own] = cell;
    else others.push([path, cell]);
  }
  const { userName, firstName = '', lastName = '', ...rest } = person;
  if (userName === undefined) throw unfit('has no login');
  const { name, ...payload } = userPayload(app, { ...rest, userName, firstName, lastName }, true);
  const isNamed = firstName !== '' && lastName !== '';
  const parts = {
    ...(firstName === '' ? {} : { givenName: firstName }),
    ...(lastName === '' ? {} : { familyName: lastName }),
  };
  const body: Record<string, unknown> = {
    ...payload,
    ...(isNamed ? { name } : Object.keys(parts).length > 0 ? { name: parts } : {}),
  };
  for (const [path, cell] of others) setCell(type, body, path, cell);
  return body;
}

const unfit = (text: string): ScimError => new ScimError('invalidSyntax', text, { fault: 'import-file-invalid' });
