import { DEFAULTS } from '../connection/directory-options.ts';

/**
 * What holds of [apps.NAME.ldap] while it is not set. The reference shows these very values; the schema has none, so that
 * only what is set is shown as in force. Unit of times: ms.
 */
export const LDAP_DEFAULTS = {
  start_tls: DEFAULTS.startTls,
  insecure: DEFAULTS.insecure,
  connect_timeout: DEFAULTS.timeouts.connect,
  read_timeout: DEFAULTS.timeouts.read,
  write_timeout: DEFAULTS.timeouts.write,
  page_timeout: DEFAULTS.timeouts.page,
  page_size: DEFAULTS.pageSize,
  profile: 'auto',
  member_of: 'auto',
  snapshot_ttl: 20 * 60_000,
  reference_ttl: 30_000,
} as const;

export const PROFILE_NAMES = ['openldap', '389ds', 'active-directory', 'generic'] as const;

/** Kinds of directory. */
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** The attribute that identifies an entry for ever. */
export const ID_ATTRIBUTES = {
  openldap: 'entryUUID',
  '389ds': 'nsUniqueId',
  'active-directory': 'objectGUID',
  generic: 'entryUUID',
} as const satisfies Record<ProfileName, string>;

/** The attribute of a group that lists its members, in every kind of directory. */
export const MEMBER = 'member';
