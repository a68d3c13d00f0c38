import { addressOf, shownHost } from '../../postgres/address.ts';
import { ScimError } from '../../scim/error.ts';
import type { DatabaseRole } from '../module/database-role.ts';
import type { PeopleSettings } from './settings.ts';

/** Those of schema/views.ts. */
const VIEWS = ['users', 'groups', 'memberships', 'entitlements', 'assignments'];

/** @throws invalidValue  there is no url */
export function databaseRole({ url = '', schema }: PeopleSettings): DatabaseRole {
  const address = addressOf(url);
  if ('complaint' in address) {
    const text = `apps.NAME.postgres.url: ${address.complaint}`;
    throw new ScimError('invalidValue', text, { fault: 'configuration-invalid' });
  }
  const { user, database, hosts } = address;
  return { server: hosts.map(shownHost).join(','), user, database, schema, views: VIEWS };
}
