import { grantsFor } from '../../../connector/postgres/grants.ts';

/** Who logs in on the servers of tests. */
export interface Role {
  readonly name: string;
  readonly password: string;
}

/** What a customer is told to create: owns the schemas of the connector and nothing else. */
export const CONNECTOR: Role = { name: 'scim_connector', password: 'scim-for-tests' };

/** With a client certificate instead of a password. */
export const CERTIFIED = 'scim_certified';

/** Everything. For preparing and looking, never for what is tested. */
export const ADMIN = 'postgres';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** For a new cluster: a statement a line. */
export const MAKE_ROLES = [
  "SET password_encryption = 'scram-sha-256'",
  `CREATE ROLE ${CONNECTOR.name} LOGIN PASSWORD '${CONNECTOR.password}'`,
  `CREATE ROLE ${CERTIFIED} LOGIN IN ROLE ${CONNECTOR.name}`,
  'CREATE ROLE replicator LOGIN REPLICATION',
  '',
].join('\n');

/** For a new database, in which nobody may do anything but what a customer is told to grant. */
export const grantsOn = (database: string, schemas: readonly string[]): string =>
  [
    `REVOKE ALL ON DATABASE ${quoted(database)} FROM PUBLIC;`,
    'REVOKE ALL ON SCHEMA public FROM PUBLIC;',
    grantsFor({ user: CONNECTOR.name, database, schemas: schemas.map((name) => ({ name, views: [] })) }),
  ].join('\n');

/** Log-ins (pg_hba.conf): SCRAM, or a certificate; the administrator without, as these servers hold nothing. */
export const HBA = `
local   all         all                        trust
host    replication replicator   127.0.0.1/32  trust
hostssl all         ${CERTIFIED} 127.0.0.1/32  cert map=anybody
host    all         ${CERTIFIED} 127.0.0.1/32  reject
host    all         ${ADMIN}     127.0.0.1/32  trust
host    all         all          127.0.0.1/32  scram-sha-256
`;

/** pg_ident.conf: what a certificate is called is of no account. */
export const IDENT = `anybody /^.*$ ${CERTIFIED}\n`;
