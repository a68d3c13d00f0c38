import pg from 'pg';
import { ScimError } from '../../scim/error.ts';
import type { FaultCode } from '../../scim/fault-code.ts';
import { type Address, addressOf, type Host, shownHost } from '../address.ts';
import { connectFailure } from '../connect-failure.ts';
import type { PostgresSettings } from '../settings.ts';
import { mayBePlain, tlsFor } from '../tls.ts';
import { factsOf, type ServerFacts } from './server-facts.ts';

/** One server of the URL: what it tells, or why it does not. */
export type Looked = { readonly at: string } & ({ readonly facts: ServerFacts } | { readonly failure: Error });

/** Unit: ms. */
const PATIENCE = 10_000;

/** pgbouncer's words where every statement may go to another connection. */
const POOLED_BY_STATEMENT = /statement pooling mode/;

function translated(host: Host, error: unknown): Error {
  if (error instanceof Error && POOLED_BY_STATEMENT.test(error.message))
    return new Error('the pooler hands on statements one by one; set pool_mode = transaction', { cause: error });
  return connectFailure(host, error);
}

async function factsAt(
  settings: PostgresSettings,
  address: Address,
  host: Host,
  schema: string,
  isPlain = false,
): Promise<ServerFacts> {
  const password = settings.password?.reveal() ?? process.env['PGPASSWORD'];
  const client = new pg.Client({
    ...{ ...host, user: address.user, database: address.database, connectionTimeoutMillis: PATIENCE },
    ...(password === undefined ? {} : { password }),
    ssl: !isPlain && tlsFor(settings, address),
    application_name: 'scim-connector check',
    query_timeout: PATIENCE,
  });
  // Told by what fails for it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    // A change needs one, and some poolers have none.
    await client.query('BEGIN');
    const facts = await factsOf(client, schema);
    await client.query('ROLLBACK');
    return facts;
  } catch (error) {
    const failure = translated(host, error);
    const hasNone = hasFault(failure, 'postgres-tls-not-offered') && mayBePlain(settings, address, host.host);
    if (isPlain || !hasNone) throw failure;
    return factsAt(settings, address, host, schema, true);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Every server that the URL names, at the same time. @param schema  as it is called in the database */
export async function lookAt(settings: PostgresSettings, schema: string): Promise<readonly Looked[]> {
  const address = addressOf(settings.url ?? '');
  if ('complaint' in address) throw new Error(`url ${address.complaint}`);
  return Promise.all(
    address.hosts.map(async (host): Promise<Looked> => {
      const at = shownHost(host);
      try {
        return { at, facts: await factsAt(settings, address, host, schema) };
      } catch (error) {
        return { at, failure: error as Error };
      }
    }),
  );
}

const hasFault = (failure: Error, fault: FaultCode): boolean => failure instanceof ScimError && failure.fault === fault;

/** Where another password may be the right one. */
export const isRefused = (failure: Error): boolean => hasFault(failure, 'postgres-password-refused');

/** Where it shows a certificate of an issuer that is not known here. */
export const isUntrusted = (failure: Error): boolean => hasFault(failure, 'postgres-certificate-untrusted');
