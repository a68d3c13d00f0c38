import type { App } from '../config.ts';
import type { Complaint } from '../vocabulary/complaint.ts';
import { isLoopback } from '../vocabulary/listen.ts';
import { databaseOf } from './build.ts';

const isLocal = (url: string): boolean => isLoopback(URL.parse(url)?.hostname.replace(/^\[|\]$/g, ''));

/** What an operator has set in a table that an example may have left empty. */
const ownKeys = ({ custom: _, map, ...rest }: App['users'] | App['groups']): readonly string[] => [
  ...Object.keys(rest),
  ...(Object.keys(map ?? {}).length > 0 ? ['map'] : []),
];

/** Settings of a directory under another backend would be believed to work. */
function* checkIdle(app: App): Generator<Complaint> {
  const idle = (path: readonly string[]): Complaint => ({
    path: ['apps', app.name, ...path],
    text: 'has no effect with backend = "sqlite"; set backend = "ldap" or leave it out',
  });
  for (const key of Object.keys(app.ldap)) yield idle(['ldap', key]);
  for (const table of ['users', 'groups'] as const) for (const key of ownKeys(app[table])) yield idle([table, key]);
}

function* checkProof({ name, ldap }: App): Generator<Complaint> {
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

function* checkEncryption({ name, ldap }: App): Generator<Complaint> {
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

function* checkPlaces({ name, users, groups }: App): Generator<Complaint> {
  if (users.base === undefined)
    yield {
      path: ['apps', name, 'users', 'base'],
      text: 'missing; backend = "ldap" needs to know where people live, for example base = "ou=people,dc=example,dc=com"',
    };
  if (groups.base === undefined)
    for (const key of ownKeys(groups))
      yield { path: ['apps', name, 'groups', key], text: 'has no effect without a base: no groups are kept' };
}

/** A custom attribute that Okta is told of and the directory has no place for. */
function* checkHomes(app: App): Generator<Complaint> {
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

/** What is wrong between the settings of one app's directory. */
export function* checkDirectory(app: App, stateDir: string): Generator<Complaint> {
  if (app.backend !== 'ldap') {
    yield* checkIdle(app);
    return;
  }
  if (!app.ldap.urls?.length)
    yield {
      path: ['apps', app.name, 'ldap', 'urls'],
      text: 'missing; backend = "ldap" needs it, for example urls = ["ldaps://ldap1.corp.example"]',
    };
  const { file, passwords } = app.sqlite;
  for (const [key, set] of [
    ['file', file !== databaseOf(app.name, stateDir)],
    ['passwords', passwords !== 'hash'],
  ] as const)
    if (set)
      yield {
        path: ['apps', app.name, 'sqlite', key],
        text: 'has no effect with backend = "ldap"; set backend = "sqlite" or leave it out',
      };
  yield* checkProof(app);
  yield* checkEncryption(app);
  yield* checkPlaces(app);
  yield* checkHomes(app);
}
