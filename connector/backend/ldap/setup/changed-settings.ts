import type { SettingChange } from '../../module/set-up.ts';
import type { LdapApp } from '../settings/options.ts';

/** Settings that the interview decides on. What else is set stays as it is. */
const DECIDED = [
  ['ldap', 'urls'],
  ['ldap', 'start_tls'],
  ['ldap', 'ca_file'],
  ['ldap', 'fingerprints'],
  ['ldap', 'bind_dn'],
  ['users', 'base'],
  ['users', 'deactivate'],
  ['groups', 'base'],
  ['groups', 'filter'],
  ['groups', 'member'],
  ['groups', 'object_classes'],
] as const;

const valueAt = (app: LdapApp, [table, key]: (typeof DECIDED)[number]): unknown =>
  (app[table] as Readonly<Record<string, unknown>>)[key];

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What differs between two apps, as far as it is decided here. */
export const changedSettings = (before: LdapApp, after: LdapApp): readonly SettingChange[] =>
  DECIDED.flatMap((path) => {
    const value = valueAt(after, path);
    return isSame(value, valueAt(before, path)) ? [] : [{ path, value }];
  });
