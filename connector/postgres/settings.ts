import * as z from 'zod';
import { optional, path, secret } from '../config/vocabulary/scalars.ts';
import type { SettingsOf } from '../config/vocabulary/settings-of.ts';
import { addressOf, SSL_MODES } from './address.ts';

/** What [apps.NAME.postgres] and [state.postgres] have in common: how a database is reached. */
export const postgresSettings = {
  url: optional(
    z.string().superRefine((text, context) => {
      const address = addressOf(text);
      if ('complaint' in address) context.addIssue({ code: 'custom', message: address.complaint });
    }),
    {
      description:
        'Where the database is, and the role that the connector logs in as; several hosts with a comma between them, of which the primary is used',
      example: 'postgres://scim@db1.corp.example:5432,db2.corp.example:5432/scim',
    },
  ),
  password: secret({ description: 'Password of the role; else the environment variable PGPASSWORD' }).exactOptional(),
  sslmode: optional(z.enum(SSL_MODES), {
    description: 'How the server is trusted, in the words of PostgreSQL',
    computed:
      '"verify-full"; "disable" for a server on this machine that has no TLS, unless ca_file or client_cert_file is set',
    example: 'verify-full',
  }),
  ca_file: path({
    description: 'CA certificates, PEM, that the server is trusted by instead of the usual ones',
    example: 'tls/database-ca.pem',
  }).exactOptional(),
  client_cert_file: path({
    description: 'Certificate that the connector logs in with, PEM; with client_key_file',
    example: 'tls/scim.pem',
  }).exactOptional(),
  client_key_file: path({ description: 'Its private key, PEM', example: 'tls/scim.key' }).exactOptional(),
  pool_size: z.int().min(2).max(200).default(10).describe('Most connections to the database at a time'),
};

export type PostgresSettings = SettingsOf<typeof postgresSettings>;
