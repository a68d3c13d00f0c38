import type { TLSSocket } from 'node:tls';
import type { Client } from 'pg';

/** What a server tells of itself, of the role and of a schema. */
export interface ServerFacts {
  /** `server_version_num`: 150004. */
  readonly version: number;
  readonly isStandby: boolean;
  /** When it was started, to the microsecond: two addresses that tell the same lead to one server. */
  readonly started: string;
  readonly isReadOnly: boolean;
  readonly encoding: string;
  readonly synchronousCommit: string;
  readonly synchronousStandbys: string;
  readonly fsync: boolean;
  /** That the role, the database and the server leave. */
  readonly connections: number;
  /** Unit: ms; 0 is none. */
  readonly statementTimeout: number;
  /** Of the server's clock against ours; above 0 the server's is ahead. Unit: ms. */
  readonly clockAhead: number;
  readonly isSuperuser: boolean;
  /** Of the schema: none where it is missing. */
  readonly schemaOwner: string | undefined;
  /** The role may make tables in it, or make it. */
  readonly mayCreate: boolean;
  /** `TLSv1.3` to what is at the address. */
  readonly tls: string | undefined;
  /** What answers hands the connection on, as pgbouncer does. */
  readonly isPooled: boolean;
}

/** Times in ms; a missing limit is -1 in the catalogue. */
const FACTS = `
SELECT current_setting('server_version_num')::int, pg_is_in_recovery(), pg_postmaster_start_time()::text,
  current_setting('transaction_read_only') = 'on', pg_encoding_to_char(d.encoding),
  current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
  current_setting('fsync') = 'on',
  (SELECT min(most) FROM (VALUES (r.rolconnlimit), (d.datconnlimit),
    (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int)) AS l (most)
   WHERE most >= 0),
  (SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout'),
  (extract(epoch FROM clock_timestamp()) * 1000)::float8,
  r.rolsuper, n.nspowner::regrole::text,
  CASE WHEN n.oid IS NULL THEN has_database_privilege(d.oid, 'CREATE')
    ELSE has_schema_privilege(n.oid, 'CREATE') AND has_schema_privilege(n.oid, 'USAGE') END,
  pg_backend_pid()
FROM pg_roles AS r, pg_database AS d LEFT JOIN pg_namespace AS n ON n.nspname = $1
WHERE r.rolname = current_user AND d.datname = current_database()`;

type Row = readonly [
  number,
  boolean,
  string,
  boolean,
  string,
  string,
  string,
  boolean,
  number,
  number,
  number,
  boolean,
  string | null,
  boolean,
  number,
];

/** What pg keeps of a connection and does not declare. */
interface Connected {
  readonly processID: number;
  readonly connection: { readonly stream: Partial<TLSSocket> };
}

/** One statement. @param schema  as it is called in the database */
export async function factsOf(client: Client, schema: string): Promise<ServerFacts> {
  const asked = Date.now();
  const { rows } = await client.query({ text: FACTS, values: [schema], rowMode: 'array' });
  const answered = Date.now();
  const [row] = rows as unknown as readonly Row[];
  if (!row) throw new Error('the server knows neither role nor database');
  const [
    version,
    isStandby,
    started,
    isReadOnly,
    encoding,
    synchronousCommit,
    synchronousStandbys,
    fsync,
    connections,
  ] = row;
  const [, , , , , , , , , statementTimeout, now, isSuperuser, owner, mayCreate, process] = row;
  const { processID, connection } = client as unknown as Connected;
  return {
    ...{
      version,
      isStandby,
      started,
      isReadOnly,
      encoding,
      synchronousCommit,
      synchronousStandbys,
      fsync,
      connections,
    },
    ...{ statementTimeout, isSuperuser, mayCreate },
    schemaOwner: owner ?? undefined,
    clockAhead: now - (asked + answered) / 2,
    tls: connection.stream.encrypted ? (connection.stream.getProtocol?.() ?? 'TLS') : undefined,
    isPooled: processID !== process,
  };
}
