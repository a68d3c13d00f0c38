import type { ServerFacts } from './server-facts.ts';

/** One thing that was looked at, in the words of `check`. */
export interface ServerFinding {
  readonly status: 'ok' | 'warning' | 'failed';
  readonly text: string;
}

/** Who asks, and what is expected. */
export interface Expectation {
  readonly user: string;
  readonly database: string;
  readonly schema: string;
  /** Whether there are more servers, one of which takes over. */
  readonly hasStandbys: boolean;
  readonly poolSize: number;
  /** Longest that a request may run. Unit: ms. */
  readonly deadline: number;
}

/** The oldest that is still maintained had become 13 when this was written. */
const OLDEST = 130_000;
/** Unit: ms. */
const TOLERANCE = 5000;
/** Behind one Okta organisation. */
const CONNECTORS = 2;

const GRANTS = 'scim-connector check --print-grants prints what the role needs';

const failed = (text: string): ServerFinding => ({ status: 'failed', text });
const warning = (text: string): ServerFinding => ({ status: 'warning', text });

const role = ({ user, database }: Expectation): string => `ALTER ROLE "${user}" IN DATABASE "${database}"`;

/** `15.4`; before 10 there was one more part. */
export const versionText = (version: number): string => `${Math.floor(version / 10_000)}.${version % 10_000}`;

function* schemaFindings(facts: ServerFacts, { schema, user }: Expectation): Generator<ServerFinding> {
  if (facts.mayCreate) return;
  yield facts.schemaOwner === undefined
    ? failed(`the schema ${schema} is missing, and the role ${user} may not make it; ${GRANTS}`)
    : failed(`the schema ${schema} belongs to ${facts.schemaOwner}, and ${user} may not make tables in it; ${GRANTS}`);
}

function* durabilityFindings(facts: ServerFacts, expected: Expectation): Generator<ServerFinding> {
  const { synchronousCommit, synchronousStandbys, fsync } = facts;
  if (synchronousCommit === 'off')
    yield warning(
      `synchronous_commit is off: a change that Okta was told is done is lost when the server crashes within a second; ${role(expected)} SET synchronous_commit = on`,
    );
  if (!fsync) yield warning('fsync is off: a crash of the machine may destroy the database; set fsync = on');
  if (expected.hasStandbys && (synchronousStandbys === '' || synchronousCommit === 'local'))
    yield warning(
      'replication is asynchronous: when a standby takes over, the last changes that Okta was told are done may be lost; set synchronous_standby_names (Patroni: synchronous_mode)',
    );
}

function* limitFindings(facts: ServerFacts, expected: Expectation): Generator<ServerFinding> {
  const { poolSize, deadline } = expected;
  if (!facts.isPooled && facts.connections < poolSize * CONNECTORS)
    yield warning(
      `connections: the server allows ${facts.connections}, and two connectors with pool_size = ${poolSize} take up to ${poolSize * CONNECTORS}; lower pool_size, raise max_connections, or use pgbouncer`,
    );
  if (facts.statementTimeout > 0 && facts.statementTimeout < deadline)
    yield warning(
      `statement_timeout is ${facts.statementTimeout} ms, less than the ${deadline} ms that a request may take: slow filters fail; ${role(expected)} SET statement_timeout = '60s'`,
    );
}

/** What of a server that can be written to stands in the way, or may one day. */
export function* serverFindings(facts: ServerFacts, expected: Expectation): Generator<ServerFinding> {
  if (facts.version < OLDEST)
    yield failed(`PostgreSQL ${versionText(facts.version)} is too old: the connector needs 13 or later`);
  if (facts.encoding !== 'UTF8')
    yield failed(`the encoding of the database is ${facts.encoding}: names need UTF8; make one with ENCODING 'UTF8'`);
  if (facts.isReadOnly)
    yield failed(
      `default_transaction_read_only is on, nothing can be written; ${role(expected)} SET default_transaction_read_only = off`,
    );
  yield* schemaFindings(facts, expected);
  if (facts.isSuperuser)
    yield warning(
      `the role ${expected.user} is a superuser; give the connector one that owns its schema alone: ${GRANTS}`,
    );
  yield* durabilityFindings(facts, expected);
  yield* limitFindings(facts, expected);
  if (Math.abs(facts.clockAhead) > TOLERANCE)
    yield warning(
      `clock: the database's is ${Math.round(Math.abs(facts.clockAhead) / 1000)} s ${facts.clockAhead > 0 ? 'ahead of' : 'behind'} this machine's; synchronize both`,
    );
}
