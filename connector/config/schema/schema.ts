import * as z from 'zod';
import { about, baseUrl, duration, hosts, listen, networks, path, secret, size } from '../vocabulary/scalars.ts';
import { alerts } from './alerts-schema.ts';
import { app, appNamePattern } from './app-schema.ts';
import { auth } from './auth-schema.ts';
import { state } from './state-schema.ts';

const server = z.strictObject({
  listen: listen({
    description: 'Address and port. ":8443" listens on every interface, which an agent on another host needs',
  }).prefault('127.0.0.1:8443'),
  http: z.boolean().default(false).describe('Plain HTTP instead of HTTPS. Refused unless listening on loopback'),
  base_url: baseUrl({
    description: "The URL Okta reaches this server by, up to before the app's path",
    computed: 'from listen',
    example: 'https://idm01.corp.example:8443',
  }).exactOptional(),
  deadline: duration('1s', '10m', {
    description: 'Longest a request may run. Keep it below the timeout set in Okta, which is 30s or more',
  }).prefault('25s'),
  unavailable_status: z.literal([429, 503]).default(429).meta({
    type: 'integer',
    description: 'Answer when the directory or database is out of reach for now. Okta repeats a 429 by itself',
  }),
  shutdown_grace: duration('0s', '10m', {
    description: 'How long running requests may take to finish when the server stops',
  }).prefault('10s'),
  trusted_proxies: networks({
    description: 'Proxies whose X-Forwarded-* headers are believed',
    example: ['10.1.2.0/24'],
  }).default([]),
  page_limit: z
    .int()
    .min(1)
    .max(100_000)
    .default(10_000)
    .describe('Most resources in one page. Never below what the agent asks for, which is 200'),
  cursor_key: secret({
    description:
      'What cursors of SCIM 2.0 lists and access tokens of "oauth" are sealed with, 32 characters at least. For several connectors behind one address: the same in all',
    computed: 'from the key in state_dir',
  }).exactOptional(),
  max_body: size('1KiB', '256MiB', { description: 'Largest request body, that of a group with many members' }).prefault(
    '16MiB',
  ),
  max_user_body: size('1KiB', '256MiB', {
    description: 'Largest body of one user. Never more than max_body',
  }).prefault('1MiB'),
  bulk_max_operations: z.int().min(1).max(10_000).default(1000).describe('Most operations in one bulk request'),
  bulk_max_payload: size('1KiB', '256MiB', {
    description: 'Largest bulk request. Never more than max_body',
  }).prefault('1MiB'),
});

const tls = z.strictObject({
  source: z
    .enum(['auto', 'files', 'pfx'])
    .default('auto')
    .describe(
      '"auto": our own CA and a certificate that renews itself; "files": yours in PEM; "pfx": yours in PKCS #12',
    ),
  names: hosts({
    description: 'Host names and addresses the certificate holds besides those found on this machine',
    example: ['idm01.corp.example'],
  }).default([]),
  cert_file: path({ description: 'Certificate and chain, PEM', example: 'tls/server.pem' }).exactOptional(),
  key_file: path({ description: 'Private key, PEM', example: 'tls/server.key' }).exactOptional(),
  pfx_file: path({
    description: 'Certificate, chain and private key, PKCS #12',
    example: 'tls/server.pfx',
  }).exactOptional(),
  passphrase: secret({ description: 'Opens key_file or pfx_file' }).exactOptional(),
});

const log = z.strictObject({
  level: z
    .enum(['trace', 'debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('Least important line that is written. From "debug" on, lines may hold personal data'),
  format: z
    .enum(['auto', 'json', 'pretty'])
    .default('auto')
    .describe('"auto" is pretty on a terminal and JSON lines elsewhere'),
});

const journal = z.strictObject({
  enabled: z.boolean().default(true).describe('Keep a record of every change, failure and refusal (docs/journal.md)'),
  values: z
    .enum(['clear', 'hashed', 'none'])
    .default('clear')
    .describe('How values of people are kept: as they are, so that only equal ones can be told, or not at all'),
  max_age: duration('1h', '3650d', { description: 'How long records are kept' }).prefault('90d'),
  max_size: size('1MiB', '100GiB', {
    description: 'Largest size of the journal; the oldest records go first',
  }).prefault('512MiB'),
});

const metrics = z.strictObject({
  listen: listen({
    description: 'Address and port of /metrics for Prometheus, on loopback alone. Off unless set',
    example: '127.0.0.1:9464',
  }).exactOptional(),
});

const audit = z.strictObject({
  required: z
    .boolean()
    .default(false)
    .describe('Refuse a change, and a command, that cannot be entered in the audit log'),
  max_age: duration('1d', '36500d', { description: 'How long entries are kept' }).prefault('365d'),
});

export const schema = z
  .strictObject({
    config_version: z.literal(1).default(1).describe('Format of the file. Required in a file'),
    state_dir: path({
      description: 'Folder for certificates, tokens, secrets and databases. A relative one lies beside the file',
    }).default('connector-data'),
    state,
    server: server.prefault({}).describe('How the connector is reached'),
    tls: tls.prefault({}).describe('The certificate of the HTTPS server'),
    auth: auth.describe('Who may call. Applies to every app that has no [apps.NAME.auth] of its own').prefault({}),
    log: log.prefault({}).describe('Log lines, written to stderr'),
    journal: journal.prefault({}).describe('What is remembered of what Okta did, in state_dir/journal.db'),
    audit: audit.prefault({}).describe('Who changed what and when, in state_dir/journal.db (docs/audit.md)'),
    alerts: alerts.prefault({}).describe('Who is told when something is wrong, and when'),
    metrics: metrics.prefault({}).describe('Figures for Prometheus'),
    apps: z
      .record(z.string().regex(appNamePattern), app)
      .refine((apps) => Object.keys(apps).length > 0, 'must hold at least one app; leave it out for the app "default"')
      .prefault({ default: {} })
      .meta(about(undefined, { description: 'One table per app in Okta. Without any there is one app, "default"' })),
  })
  .meta({ title: 'scim-connector configuration', description: 'Settings of the SCIM connector, as TOML' });

export type Input = z.output<typeof schema>;
