import * as z from 'zod';
import { formatDuration } from '../../../config/vocabulary/quantity.ts';
import { duration, optional, path, secret, texts } from '../../../config/vocabulary/scalars.ts';
import type { SettingsOf } from '../../../config/vocabulary/settings-of.ts';
import type { Table } from '../../module/backend-module.ts';
import { ID_ATTRIBUTES, LDAP_DEFAULTS, PROFILE_NAMES } from './defaults.ts';

const DAY = '1d';

const urls = texts('must look like "ldaps://ldap1.corp.example" or "ldap://ldap1.corp.example:389"', (text) =>
  /^ldaps?:\/\/[^/?#@\s]+\/?$/i.test(text),
);
const sha256 = texts('must be a SHA-256 fingerprint: 64 hexadecimal digits, colons optional', (text) =>
  /^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i.test(text),
);

/** How a default is shown, and what stands in the example. */
const standing = (value: boolean | number | string, more = '') => ({
  computed: `${JSON.stringify(value)}${more}`,
  example: value,
});

const time = (least: string, most: string, standard: number, description: string, more?: string) =>
  duration(least, most, { description, ...standing(formatDuration(standard), more) }).exactOptional();

const timeout = (standard: number, description: string, more?: string) =>
  time('100ms', '10m', standard, description, more);

const listed = (names: readonly string[]): string => [...new Set(names)].join(', ').replace(/, ([^,]+)$/, ' or $1');

const settings = {
  urls: urls({
    description: 'Servers in order of preference, a writable one first',
    example: ['ldaps://ldap1.corp.example', 'ldaps://ldap2.corp.example'],
  }).exactOptional(),
  start_tls: optional(z.boolean(), {
    description: 'Encrypt ldap:// before anything else is sent',
    ...standing(LDAP_DEFAULTS.start_tls),
  }),
  insecure: optional(z.boolean(), {
    description: 'Allow clear text, with the password in it, to other hosts than this one',
    ...standing(LDAP_DEFAULTS.insecure),
  }),
  ca_file: path({
    description: "Authority of the servers' certificates, PEM. Nothing else is believed then",
    computed: 'the authorities of the operating system',
    example: 'ldap-ca.pem',
  }).exactOptional(),
  fingerprints: sha256({
    description: "SHA-256 of the servers' own certificates, instead of authorities and names",
    example: [`${'A1:'.repeat(31)}A1`],
  }).exactOptional(),
  servername: optional(z.string().min(1), {
    description: "The name in the certificate, where it is not the URL's",
    example: 'ldap.corp.example',
  }),
  bind_dn: optional(z.string().min(1), {
    description: 'The service account: its DN; in Active Directory also scim@corp.example',
    example: 'cn=scim,ou=services,dc=example,dc=com',
  }),
  password: secret({ description: "The service account's password" }).exactOptional(),
  client_cert_file: path({
    description: 'Client certificate, PEM. The service account then proves itself by SASL EXTERNAL, without bind_dn',
    example: 'ldap-client.crt',
  }).exactOptional(),
  client_key_file: path({ description: 'Its private key, PEM', example: 'ldap-client.key' }).exactOptional(),
  client_key_passphrase: secret({ description: 'Opens client_key_file' }).exactOptional(),
  connect_timeout: timeout(LDAP_DEFAULTS.connect_timeout, 'Longest that TCP, TLS and bind may take together'),
  read_timeout: timeout(LDAP_DEFAULTS.read_timeout, 'Longest that one search may take'),
  write_timeout: timeout(LDAP_DEFAULTS.write_timeout, 'Longest that one change may take'),
  page_timeout: timeout(
    LDAP_DEFAULTS.page_timeout,
    'Longest that one page of an import may take',
    '; while serving, as long as server.deadline allows',
  ),
  page_size: optional(z.int().min(1).max(10_000), {
    description: "Entries in one page of a search. At most the server's own limit (1000 in Active Directory)",
    ...standing(LDAP_DEFAULTS.page_size),
  }),
  profile: optional(z.enum(['auto', ...PROFILE_NAMES]), {
    description: 'Kind of directory',
    ...standing(LDAP_DEFAULTS.profile, ', by what the server says of itself'),
  }),
  id_attribute: optional(z.string().min(1), {
    description: 'Attribute that identifies an entry for ever and becomes the SCIM id',
    computed: `the profile's: ${listed(Object.values(ID_ATTRIBUTES))}`,
    example: ID_ATTRIBUTES.openldap,
  }),
  member_of: optional(z.enum(['auto', 'always', 'never']), {
    description: 'Whether memberOf tells the groups of a user. "auto" believes it when a sample agrees with the groups',
    ...standing(LDAP_DEFAULTS.member_of),
  }),
  snapshot_ttl: time(
    '1s',
    DAY,
    LDAP_DEFAULTS.snapshot_ttl,
    "How long the list of an import's ids is kept after its last use",
  ),
  reference_ttl: time(
    '0s',
    DAY,
    LDAP_DEFAULTS.reference_ttl,
    'How long names of members and groups are believed when they are only displayed',
  ),
};

/** [apps.NAME.ldap]. Nothing has a default in the schema, so that only what is set is in force: see `LDAP_DEFAULTS`. */
export const ownTable = { description: 'The LDAP backend (docs/ldap.md)', settings } satisfies Table;

/** Durations are ms, paths absolute. */
export type LdapSettings = SettingsOf<typeof settings>;
