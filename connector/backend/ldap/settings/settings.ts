import { ScimError } from '../../../scim/error.ts';
import { decodeText } from '../../../text/decode-text.ts';
import { readNamedFile } from '../../../text/read-named-file.ts';
import { TextError } from '../../../text/text-error.ts';
import type { DirectoryLog, DirectoryOptions, ServiceBind, Timeouts, Trust } from '../connection/directory-options.ts';
import { entitlementLines } from './entitlement-lines.ts';
import type { LdapApp, LdapBackendOptions } from './options.ts';
import type { LdapSettings } from './own-table.ts';

function read(file: string, setting: string): string {
  try {
    return decodeText(readNamedFile(file), file);
  } catch (error) {
    if (error instanceof TextError)
      throw new ScimError('unavailable', `ldap.${setting}: ${error.message}`, {
        fault: 'mapping-invalid',
        cause: error,
      });
    const { code } = error as NodeJS.ErrnoException;
    throw new ScimError(
      'unavailable',
      `ldap.${setting}: ${file} cannot be read (${code}); check path and permissions`,
      { fault: 'mapping-invalid', cause: error },
    );
  }
}

export function trustOf({ ca_file, fingerprints }: LdapSettings): Trust {
  if (fingerprints !== undefined) return { kind: 'pinned', sha256: fingerprints };
  if (ca_file !== undefined) return { kind: 'authority', ca: read(ca_file, 'ca_file') };
  return { kind: 'system' };
}

function bindOf({ bind_dn = '', password, client_cert_file, ...ldap }: LdapSettings): ServiceBind {
  if (client_cert_file === undefined)
    return {
      kind: 'simple',
      dn: bind_dn,
      password: () => password?.reveal() ?? '',
      ...(password?.origin === undefined ? {} : { origin: password.origin }),
    };
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
  ldap: LdapSettings,
  more: { total?: number; log?: DirectoryLog } = {},
): DirectoryOptions {
  const { connect_timeout, read_timeout, write_timeout, page_timeout } = ldap;
  // Before the request's own deadline, which knows less of what is wrong.
  const total = more.total === undefined ? undefined : Math.floor(more.total * HEADROOM);
  return {
    urls: ldap.urls ?? [],
    trust: trustOf(ldap),
    bind: bindOf(ldap),
    timeouts: present<Timeouts>({
      connect: connect_timeout,
      read: read_timeout,
      write: write_timeout,
      page: total === undefined ? page_timeout : Math.min(page_timeout ?? total, total),
      total,
    }),
    ...present<Pick<DirectoryOptions, 'startTls' | 'insecure' | 'servername' | 'pageSize' | 'log'>>({
      startTls: ldap.start_tls,
      insecure: ldap.insecure,
      servername: ldap.servername,
      pageSize: ldap.page_size,
      log: more.log,
    }),
  };
}

/** What the backend itself has to know. */
export function backendOptions({ ldap, users, groups, entitlements }: LdapApp): LdapBackendOptions {
  const { base, ...rest } = groups;
  return {
    ldap,
    users: { ...users, base: users.base ?? '', map: { ...users.map, ...entitlementLines(entitlements) } },
    ...(base === undefined ? {} : { groups: { ...rest, base } }),
    entitlements,
  };
}
