import { readFileSync } from 'node:fs';
import { ScimError } from '../../../scim/error.ts';
import type { DirectoryLog, DirectoryOptions, ServiceBind, Timeouts, Trust } from '../connection/directory-options.ts';
import type { GroupsOptions, LdapBackendOptions, LdapOptions, UsersOptions } from './options.ts';

/** A secret that prints as something else. */
interface Hidden {
  reveal(): string;
}

/** [apps.NAME.ldap] of the configuration, checked and with paths made absolute. */
export interface DirectorySettings extends LdapOptions {
  readonly urls?: readonly string[];
  readonly start_tls?: boolean;
  readonly insecure?: boolean;
  readonly ca_file?: string;
  readonly fingerprints?: readonly string[];
  readonly servername?: string;
  readonly bind_dn?: string;
  readonly password?: Hidden;
  readonly client_cert_file?: string;
  readonly client_key_file?: string;
  readonly client_key_passphrase?: Hidden;
  /** Unit: ms. */
  readonly connect_timeout?: number;
  readonly read_timeout?: number;
  readonly write_timeout?: number;
  readonly page_timeout?: number;
  readonly page_size?: number;
}

/** What an app says about its directory. */
export interface Settings {
  readonly ldap: DirectorySettings;
  readonly users: Partial<UsersOptions>;
  readonly groups: Partial<GroupsOptions>;
}

function read(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ScimError(
      'unavailable',
      `ldap.${setting}: ${file} cannot be read (${code}); check path and permissions`,
      {
        cause: error,
      },
    );
  }
}

function trustOf({ ca_file, fingerprints }: DirectorySettings): Trust {
  if (fingerprints !== undefined) return { kind: 'pinned', sha256: fingerprints };
  if (ca_file !== undefined) return { kind: 'authority', ca: read(ca_file, 'ca_file') };
  return { kind: 'system' };
}

function bindOf({ bind_dn = '', password, client_cert_file, ...ldap }: DirectorySettings): ServiceBind {
  if (client_cert_file === undefined) return { kind: 'simple', dn: bind_dn, password: () => password?.reveal() ?? '' };
  const passphrase = ldap.client_key_passphrase?.reveal();
  return {
    kind: 'external',
    cert: read(client_cert_file, 'client_cert_file'),
    key: read(ldap.client_key_file ?? '', 'client_key_file'),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
}

const present = <T extends object>(values: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Part of a request's time in which the directory must answer. */
const HEADROOM = 0.9;

/**
 * How to connect. @param total  longest that one request may keep the directory busy. Unit: ms
 * @throws unavailable when a file cannot be read
 */
export function directoryOptions(
  ldap: DirectorySettings,
  more: { total?: number; log?: DirectoryLog } = {},
): DirectoryOptions {
  const { connect_timeout, read_timeout, write_timeout, page_timeout } = ldap;
  // Before the request's own deadline, which knows less of what is wrong.
  const total = more.total === undefined ? undefined : Math.floor(more.total * HEADROOM);
  return {
    urls: ldap.urls ?? [],
    startTls: ldap.start_tls ?? false,
    insecure: ldap.insecure ?? false,
    trust: trustOf(ldap),
    bind: bindOf(ldap),
    timeouts: present<Timeouts>({
      connect: connect_timeout,
      read: read_timeout,
      write: write_timeout,
      page: total === undefined ? page_timeout : Math.min(page_timeout ?? total, total),
      total,
    }),
    ...present<Pick<DirectoryOptions, 'servername' | 'pageSize' | 'log'>>({
      servername: ldap.servername,
      pageSize: ldap.page_size,
      log: more.log,
    }),
  };
}

/** What the backend itself has to know. */
export function backendOptions({ ldap, users, groups }: Settings): LdapBackendOptions {
  const { base, ...rest } = groups;
  return {
    ldap,
    users: { ...users, base: users.base ?? '' },
    ...(base === undefined ? {} : { groups: { ...rest, base } }),
  };
}
