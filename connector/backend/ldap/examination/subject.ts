import type { ResourceTypes } from '../../../scim/schema/resource-type.ts';
import type { NeededCertificate } from '../directory/needed-certificate.ts';
import type { Directory } from '../directory/session.ts';
import type { LdapBackendOptions } from '../settings/options.ts';

/** The directory that is looked at. */
export interface Subject {
  readonly options: LdapBackendOptions;
  readonly types: ResourceTypes;
  readonly urls: readonly string[];
  /** `ldap://` is upgraded. */
  readonly startTls?: boolean;
  /** Name of the service account, for commands. */
  readonly account: string;
  /** Connects to these servers only. */
  readonly open: (urls: readonly string[]) => Promise<Directory>;
  /** What connections to a server depend on. @throws LdapFailure */
  readonly certificates: (url: string) => Promise<readonly NeededCertificate[]>;
  /** Nothing is ever written: the right to is not needed. */
  readonly readOnly?: boolean;
}
