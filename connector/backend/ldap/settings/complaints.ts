import type { Complaint } from '../../../config/vocabulary/complaint.ts';
import { isLoopback } from '../../../config/vocabulary/listen.ts';
import { setNames } from '../../../config/vocabulary/set-names.ts';
import { entitlementComplaints } from './entitlement-complaints.ts';
import type { LdapApp } from './options.ts';
import { isSecret } from './secret-attributes.ts';

const isLocal = (url: string): boolean => isLoopback(URL.parse(url)?.hostname.replace(/^\[|\]$/g, ''));

function* checkProof({ name, ldap }: LdapApp): Generator<Complaint> {
  const at = (key: string): readonly string[] => ['apps', name, 'ldap', key];
  const { bind_dn, password, client_cert_file, client_key_file, client_key_passphrase } = ldap;
  if (client_cert_file !== undefined || client_key_file !== undefined) {
    if (client_cert_file === undefined)
      yield { path: at('client_cert_file'), text: 'missing; client_key_file needs it' };
    if (client_key_file === undefined)
      yield { path: at('client_key_file'), text: 'missing; client_cert_file needs it' };
    if (bind_dn !== undefined || password)
      yield {
        path: at(bind_dn === undefined ? 'password' : 'bind_dn'),
        text: 'the client certificate already says who the service account is; leave bind_dn and password out, or the certificate',
      };
    return;
  }
  if (client_key_passphrase) yield { path: at('client_key_passphrase'), text: 'has no effect without client_key_file' };
  if (bind_dn === undefined)
    yield {
      path: at('bind_dn'),
      text: 'missing; name the service account with bind_dn and password, or with client_cert_file and client_key_file',
    };
  else if (!password)
    yield {
      path: at('password'),
      text: `missing; bind_dn needs it: { env = "VARIABLE" }, { file = "/path" } or { secret = "name" }`,
    };
}

function* checkEncryption({ name, ldap }: LdapApp): Generator<Complaint> {
  const at = (key: string): readonly string[] => ['apps', name, 'ldap', key];
  const { urls = [], start_tls, insecure, ca_file, fingerprints, servername } = ldap;
  const clear = urls.filter((url) => /^ldap:/i.test(url));
  const abroad = clear.find((url) => !isLocal(url));
  if (start_tls && clear.length < urls.length)
    yield {
      path: at('start_tls'),
      text: 'ldaps:// is encrypted from its first byte; use ldap:// with start_tls, or ldaps:// alone',
    };
  if (!start_tls && !insecure && abroad !== undefined)
    yield {
      path: at('urls'),
      text: `${abroad} would send the service account's password in clear text; use ldaps:// or start_tls = true`,
    };
  if (insecure && !start_tls && abroad !== undefined)
    yield { path: at('insecure'), text: `passwords travel to ${abroad} in clear text`, warning: true };
  if (ca_file !== undefined && fingerprints !== undefined)
    yield { path: at('fingerprints'), text: 'replaces ca_file; leave one of them out' };
  if (fingerprints !== undefined && servername !== undefined)
    yield { path: at('servername'), text: 'has no effect with fingerprints: names are not looked at', warning: true };
  if (ldap.client_cert_file !== undefined && clear.length > 0 && !start_tls)
    yield { path: at('client_cert_file'), text: 'a client certificate needs TLS; use ldaps:// or start_tls = true' };
}

function* checkPlaces({ name, users, groups }: LdapApp): Generator<Complaint> {
  if (users.base === undefined)
    yield {
      path: ['apps', name, 'users', 'base'],
      text: 'missing; backend = "ldap" needs to know where people live, for example base = "ou=people,dc=example,dc=com"',
    };
  const { custom: _, ...set } = groups;
  if (groups.base === undefined)
    for (const key of setNames(set))
      yield { path: ['apps', name, 'groups', key], text: 'has no effect without a base: no groups are kept' };
}

/** A custom attribute that Okta is told of and the directory has no place for. */
function* checkHomes(app: LdapApp): Generator<Complaint> {
  for (const table of ['users', 'groups'] as const) {
    const homes = new Set(Object.keys(app[table].map ?? {}).map((path) => path.toLowerCase()));
    for (const { name } of app[table].custom)
      if (!homes.has(`custom.${name}`.toLowerCase()))
        yield {
          path: ['apps', app.name, table, 'custom', name],
          text: `has no place in the directory, so its values are dropped; add "custom.${name}" = "ATTRIBUTE" under [apps.${app.name}.${table}.map]`,
          warning: true,
        };
  }
}

/** What is mapped is read, shown and kept like a title. */
function* checkSecrets(app: LdapApp): Generator<Complaint> {
  for (const table of ['users', 'groups'] as const)
    for (const [path, line] of Object.entries(app[table].map ?? {})) {
      const attribute = typeof line === 'string' ? line : line.ldap;
      if (isSecret(attribute))
        yield {
          path: ['apps', app.name, table, 'map', path],
          text: `${attribute} holds a secret, which would be read and kept like any value; take the line away: "password" is set by itself`,
        };
    }
}

/** What is wrong between the settings of one app's directory. */
export function* complaints(app: LdapApp): Generator<Complaint> {
  if (!app.ldap.urls?.length)
    yield {
      path: ['apps', app.name, 'ldap', 'urls'],
      text: 'missing; backend = "ldap" needs it, for example urls = ["ldaps://ldap1.corp.example"]',
    };
  yield* checkProof(app);
  yield* checkEncryption(app);
  yield* checkPlaces(app);
  yield* checkHomes(app);
  yield* checkSecrets(app);
  yield* entitlementComplaints(app);
}
