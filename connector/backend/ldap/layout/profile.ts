import { ASSERTION, PASSWORD_MODIFY, PASSWORD_POLICY, POST_READ, PRE_READ } from '../directory/oid.ts';
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
  /** The subschema tells what entries must and may hold: the server fills nothing in, and adds no auxiliary classes. */
  readonly tellsClasses: boolean;
  /** An attribute whose type names no matching rule compares by its syntax, and not at all elsewhere. */
  readonly comparesBySyntax: boolean;
  readonly activation?: Activation;
  readonly passwords: (dse: RootDse) => PasswordMethod;
  /** A password set re-activates a locked account unless the lock is written with it (OpenLDAP's ppolicy). */
  readonly passwordUnlocks: boolean;
  /** `complete` by design; worth a `sample`; `nested`: mixed with the groups of groups, so groups are asked instead. */
  readonly memberOf: 'complete' | 'sample' | 'nested';
  readonly users: TypeProfile;
  readonly groups: TypeProfile & { readonly member: string; readonly placeholderMember?: string };
}

/** @param attribute  of the root DSE, in any case */
export const hasValue = (dse: RootDse, attribute: string, value: string): boolean =>
  (dse.get(attribute.toLowerCase()) ?? []).some((v) => v.toString().toLowerCase() === value.toLowerCase());

export const takesPasswordModify = (dse: RootDse): boolean => hasValue(dse, 'supportedExtension', PASSWORD_MODIFY);
export const hasPasswordPolicy = (dse: RootDse): boolean => hasValue(dse, 'supportedControl', PASSWORD_POLICY);
/** Whether a change can be bound to what holds of the entry. */
export const takesAssertions = (dse: RootDse): boolean => hasValue(dse, 'supportedControl', ASSERTION);
/** Whether a change can be answered with the entry before and after it. */
export const tellsEntries = (dse: RootDse): boolean =>
  hasValue(dse, 'supportedControl', PRE_READ) && hasValue(dse, 'supportedControl', POST_READ);
