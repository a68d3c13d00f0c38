/** A database of its own for each test. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { PostgresSettings } from '../../../connector/postgres/settings.ts';
import { Secret } from '../../../connector/secrets/secret.ts';
import { ADMIN, CONNECTOR, grantsOn } from './roles.ts';
import { sharedServer } from './shared-server.ts';

export interface FreshOptions {
  /** Of which the connector's role may make use; it cannot make others. */
  readonly schemas?: readonly string[];
  /** Through pgbouncer in transaction mode. */
  readonly pooled?: boolean;
}

export interface FreshDatabase {
  readonly name: string;
  /** Of the connector's role, without its password; in the clear, as nobody knows the authority of the lab. */
  readonly url: string;
  readonly password: string;
  readonly settings: PostgresSettings;
  /** As the administrator, past everything that is tested. */
  admin<T extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** With everything in it, and every connection to it. */
  drop(): Promise<void>;
}

/** Settings for `port` on this machine. TLS is not looked at: its tests say what they need. */
export function settingsFor(port: number, database: string, more: Partial<PostgresSettings> = {}): PostgresSettings {
  return {
    url: `postgres://${CONNECTOR.name}@127.0.0.1:${port}/${database}`,
    password: new Secret(CONNECTOR.password),
    sslmode: 'disable',
    pool_size: 10,
    ...more,
  };
}

/** On the server that all tests share. */
export async function freshDatabase({ schemas = ['scim'], pooled = false }: FreshOptions = {}): Promise<FreshDatabase> {
  const { port, poolerPort } = await sharedServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const asAdmin = async (database: string, text: string, values: readonly unknown[] = []): Promise<never[]> => {
    const client = new pg.Client({ host: '127.0.0.1', port, user: ADMIN, database });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, [...values])).rows as never[];
    } finally {
      await client.end();
    }
  };
  await asAdmin(ADMIN, `CREATE DATABASE ${name} STRATEGY file_copy`);
  await asAdmin(name, grantsOn(name, schemas));
  const settings = settingsFor(pooled ? poolerPort : port, name);
  return {
    name,
    url: `${settings.url}?sslmode=disable`,
    password: CONNECTOR.password,
    settings,
    admin: (text, values) => asAdmin(name, text, values),
    drop: async () => {
      await asAdmin(ADMIN, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
