import { z } from 'zod';
import { about, duration, path, secret, texts } from '../vocabulary/scalars.ts';

const DAY = '1d';

const urls = texts('must look like "ldaps://ldap1.corp.example" or "ldap://ldap1.corp.example:389"', (text) =>
  /^ldaps?:\/\/[^/?#@\s]+\/?$/i.test(text),
);
const sha256 = texts('must be a SHA-256 fingerprint: 64 hexadecimal digits, colons optional', (text) =>
  /^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i.test(text),
);

const timeout = (computed: string, description: string) =>
  duration('100ms', '10m', { description, computed, example: computed.replaceAll('"', '') }).exactOptional();

/** [apps.NAME.ldap]. Nothing has a default here, so that it can be told what an operator has set. */
export const ldap = z.strictObject({
  urls: urls({
    description: 'Servers in order of preference, a writable one first',
    example: ['ldaps://ldap1.corp.example', 'ldaps://ldap2.corp.example'],
  }).exactOptional(),
  start_tls: z
    .boolean()
    .exactOptional()
    .meta(
      about(undefined, {
        description: 'Encrypt ldap:// before anything else is sent',
        computed: 'false',
        example: false,
      }),
    ),
  insecure: z
    .boolean()
    .exactOptional()
    .meta(
      about(undefined, {
        description: 'Allow clear text, with the password in it, to other hosts than this one',
        computed: 'false',
        example: false,
      }),
    ),
  ca_file: path({
    description: "Authority of the servers' certificates, PEM. Nothing else is believed then",
    computed: 'the authorities of the operating system',
    example: 'ldap-ca.pem',
  }).exactOptional(),
  fingerprints: sha256({
    description: "SHA-256 of the servers' own certificates, instead of authorities and names",
    example: [`${'A1:'.repeat(31)}A1`],
  }).exactOptional(),
  servername: z
    .string()
    .min(1)
    .exactOptional()
    .meta(
      about(undefined, {
        description: "The name in the certificate, where it is not the URL's",
        example: 'ldap.corp.example',
      }),
    ),
  bind_dn: z
    .string()
    .min(1)
    .exactOptional()
    .meta(
      about(undefined, {
        description: 'The service account: its DN; in Active Directory also scim@corp.example',
        example: 'cn=scim,ou=services,dc=example,dc=com',
      }),
    ),
  password: secret({ description: "The service account's password" }).exactOptional(),
  client_cert_file: path({
    description: 'Client certificate, PEM. The service account then proves itself by SASL EXTERNAL, without bind_dn',
    example: 'ldap-client.crt',
  }).exactOptional(),
  client_key_file: path({ description: 'Its private key, PEM', example: 'ldap-client.key' }).exactOptional(),
  client_key_passphrase: secret({ description: 'Opens client_key_file' }).exactOptional(),
  connect_timeout: timeout('"5s"', 'Longest that TCP, TLS and bind may take together'),
  read_timeout: timeout('"10s"', 'Longest that one search may take'),
  write_timeout: timeout('"1m"', 'Longest that one change may take'),
  page_timeout: timeout('"1m"', 'Longest that one page of an import may take'),
  page_size: z
    .int()
    .min(1)
    .max(10_000)
    .exactOptional()
    .meta(
      about(undefined, {
        description: "Entries in one page of a search. At most the server's own limit (1000 in Active Directory)",
        computed: '500',
        example: 500,
      }),
    ),
  profile: z
    .enum(['auto', 'openldap', '389ds', 'active-directory', 'generic'])
    .exactOptional()
    .meta(
      about(undefined, {
        description: 'Kind of directory',
        computed: '"auto", by what the server says of itself',
        example: 'auto',
      }),
    ),
  id_attribute: z
    .string()
    .min(1)
    .exactOptional()
    .meta(
      about(undefined, {
        description: 'Attribute that identifies an entry for ever and becomes the SCIM id',
        computed: "the profile's: entryUUID, nsUniqueId or objectGUID",
        example: 'entryUUID',
      }),
    ),
  member_of: z
    .enum(['auto', 'always', 'never'])
    .exactOptional()
    .meta(
      about(undefined, {
        description:
          'Whether memberOf tells the groups of a user. "auto" believes it when a sample agrees with the groups',
        computed: '"auto"',
        example: 'auto',
      }),
    ),
  snapshot_ttl: duration('1s', DAY, {
    description: "How long the list of an import's ids is kept after its last use",
    computed: '"20m"',
    example: '20m',
  }).exactOptional(),
  reference_ttl: duration('0s', DAY, {
    description: 'How long names of members and groups are believed when they are only displayed',
    computed: '"30s"',
    example: '30s',
  }).exactOptional(),
});
