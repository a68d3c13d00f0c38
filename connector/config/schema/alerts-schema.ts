import * as z from 'zod';
import { duration, mailAddress, mailAddresses, optional, path, secret, size, webUrl } from '../vocabulary/scalars.ts';

const webhook = z.strictObject({
  url: webUrl({
    description: 'Where messages are sent by POST, as JSON with a signature. https, or http on this machine',
    example: 'https://ops.corp.example/hooks/scim-connector',
  }).exactOptional(),
  secret: secret({ description: 'Key of the signature. Required with url' }).exactOptional(),
  ca_file: path({
    description: 'CA certificates, PEM, that the receiver is trusted by instead of the usual ones',
    example: 'tls/corp-ca.pem',
  }).exactOptional(),
});

const email = z.strictObject({
  host: optional(z.string().min(1), { description: 'Mail server (SMTP)', example: 'smtp.corp.example' }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .default(587)
    .describe('465 is TLS from the start. On any other STARTTLS is required, except on this machine'),
  from: mailAddress({
    description: 'Sender. Required with host',
    example: 'scim-connector@corp.example',
  }).exactOptional(),
  to: mailAddresses({
    description: 'Receivers. Required with host',
    example: ['identity-oncall@corp.example'],
  }).default([]),
  user: optional(z.string().min(1), { description: 'Login of the mail server, where it wants one', example: 'alerts' }),
  password: secret({ description: 'Password of user' }).exactOptional(),
  ca_file: path({
    description: 'CA certificates, PEM, that the mail server is trusted by instead of the usual ones',
    example: 'tls/corp-ca.pem',
  }).exactOptional(),
});

const osLog = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe('Write alerts to the journal or syslog, or to the Windows Event Log, with their event number'),
});

/** [alerts] and its tables: when somebody is told, and how. */
export const alerts = z.strictObject({
  min_interval: duration('1m', '7d', {
    description: 'What goes on after its first message is told together, at most this often',
  }).prefault('15m'),
  window: duration('1m', '1d', {
    description: 'Failures and refused credentials are counted over this time',
  }).prefault('5m'),
  failures: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(20)
    .describe('Failed operations of an app within window that are told'),
  failure_percent: z
    .int()
    .min(1)
    .max(100)
    .default(50)
    .describe('They are told only when they are this part of all its operations within window'),
  refused_credentials: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10)
    .describe('Wrong credentials from one address within window that are told'),
  expiry: duration('1h', '365d', {
    description: 'How long before its end a certificate or a token is told of',
  }).prefault('14d'),
  disk_free: size('1MiB', '1024GiB', {
    description: 'Told when less is free where state_dir is',
  }).prefault('256MiB'),
  webhook: webhook.prefault({}).describe('Alerts by webhook'),
  email: email.prefault({}).describe('Alerts by e-mail'),
  os_log: osLog.prefault({}).describe('Alerts in the log of the operating system'),
});
