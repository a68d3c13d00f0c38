import { ACTIVE_DIRECTORY, PASSWORD_MODIFY, PASSWORD_POLICY, POST_READ, PRE_READ } from '../directory/oid.ts';
import type { RootDse } from '../directory/session.ts';
import type { IdFormat } from '../mapping/entry-id.ts';
import type { ProfileName } from '../settings/defaults.ts';
import type { MapOptions } from '../settings/options.ts';
import type { Activation } from './activation.ts';

/** How a password is set. `exop`: RFC 3062; `modify`: replace userPassword; `unicodePwd`: Active Directory. */
export type PasswordMethod = 'exop' | 'modify' | 'unicodePwd';

export interface TypeProfile {
  readonly objectClasses: readonly string[];
  /** LDAP filter text: the entries that are people or groups. */
  readonly filter: string;
  readonly rdn: string;
  readonly map: MapOptions;
  /** Attributes of new entries that nobody maps. */
  readonly constants: Readonly<Record<string, string>>;
}

/** What differs between directories. Data: no code asks for a profile's name. */
export interface Profile {
  readonly name: ProfileName;
  readonly id: { readonly attribute: string; readonly format: IdFormat };
  readonly created: string;
  readonly lastModified: string;
  /** Times are written with a fraction. */
  readonly fraction: boolean;
  /** Changes with every modification. Absent: a digest of the entry. */
  readonly version?: string;
  readonly activation?: Activation;
  readonly passwords: (dse: RootDse) => PasswordMethod;
  /** A password set re-activates a locked account unless the lock is written with it (OpenLDAP's ppolicy). */
  readonly passwordUnlocks: boolean;
  /** `complete` by design; worth a `sample`; `nested`: mixed with the groups of groups, so groups are asked instead. */
  readonly memberOf: 'complete' | 'sample' | 'nested';
  readonly users: TypeProfile;
  readonly groups: TypeProfile & { readonly member: string; readonly placeholderMember?: string };
}

const has = (dse: RootDse, attribute: string, value: string): boolean =>
  (dse.get(attribute.toLowerCase()) ?? []).some((v) => v.toString().toLowerCase() === value.toLowerCase());

export const takesPasswordModify = (dse: RootDse): boolean => has(dse, 'supportedExtension', PASSWORD_MODIFY);
export const hasPasswordPolicy = (dse: RootDse): boolean => has(dse, 'supportedControl', PASSWORD_POLICY);
/** Whether a change can be answered with the entry before and after it. */
export const tellsEntries = (dse: RootDse): boolean =>
  has(dse, 'supportedControl', PRE_READ) && has(dse, 'supportedControl', POST_READ);

/** What kind of directory a root DSE describes (docs/directories.md, At a glance). */
export function detectProfile(dse: RootDse): ProfileName {
  const text = (name: string): string => (dse.get(name) ?? []).join(' ').toLowerCase();
  if (has(dse, 'supportedCapabilities', ACTIVE_DIRECTORY)) return 'active-directory';
  if (text('vendorname').includes('389 project')) return '389ds';
  if (text('objectclass').includes('openldaprootdse') || text('structuralobjectclass').includes('openldaprootdse')) {
    return 'openldap';
  }
  return 'generic';
}
