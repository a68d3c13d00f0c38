import type { DatabaseError } from 'pg';
import type { FaultCode } from '../scim/fault-code.ts';

export interface Refusal {
  readonly fault: FaultCode;
  readonly text: string;
  /** Where it may pass by itself. Unit: s. */
  readonly retryAfter?: number;
}

/** What the server calls it, which is the administrator's. */
const named = (message: string, kind: string): string | undefined =>
  new RegExp(`${kind} "([^"]{1,63})"`).exec(message)?.[1];

const RIGHTS: readonly (readonly [kind: string, grant: (name: string) => string])[] = [
  ['for schema', (name) => `GRANT USAGE, CREATE ON SCHEMA ${name}`],
  ['for database', (name) => `CREATE SCHEMA there as an administrator, or GRANT CREATE ON DATABASE ${name}`],
  ['for table', (name) => `GRANT SELECT, INSERT, UPDATE, DELETE ON ${name}`],
  ['for view', (name) => `GRANT SELECT ON ${name}`],
  ['for function', (name) => `GRANT EXECUTE ON FUNCTION ${name}`],
];

function missingRight({ message }: DatabaseError): string {
  for (const [kind, grant] of RIGHTS) {
    const name = named(message, kind) ?? new RegExp(`${kind} (\\S{1,63})`).exec(message)?.[1];
    if (name !== undefined) return `the role may not do this: ${grant(name)} to it; see check --print-grants`;
  }
  return 'the role lacks a right; check --print-grants prints all that it needs';
}

function refusedLogIn({ message }: DatabaseError): string {
  if (/no encryption/.test(message)) return 'it takes no log-in without TLS; write sslmode = "verify-full"';
  if (/pg_hba\.conf|no such user/.test(message))
    return 'it lets the role in from nowhere near this host; add a line for it to pg_hba.conf there';
  if (/not permitted to log in/.test(message)) return 'the role may not log in; ALTER ROLE … LOGIN';
  if (/requires a valid client certificate/.test(message))
    return 'it asks for a client certificate; set client_cert_file and client_key_file';
  if (/certificate/.test(message))
    return 'it does not take our client certificate for that of the role; see pg_ident.conf';
  return 'it does not let the role in; check the role in url, and its own log';
}

const RESTARTS: Refusal = {
  fault: 'postgres-restarting',
  text: 'the server is going down or coming up',
  retryAfter: 5,
};
const FULL: Refusal = {
  fault: 'postgres-connections-exhausted',
  text: 'the server has no connection left for us; raise max_connections there, or lower pool_size',
  retryAfter: 5,
};
const READ_ONLY: Refusal = {
  fault: 'postgres-read-only',
  text: 'the server takes no changes; name the primary in url',
  retryAfter: 5,
};
const contended = (why: string): Refusal => ({ fault: 'postgres-contended', text: `${why}; try again`, retryAfter: 1 });
const NO_PASSWORD: Refusal = {
  fault: 'postgres-password-refused',
  text: 'the password of the role is refused; check password, and the role in url',
};

/** SQLSTATE (PostgreSQL, appendix A). */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  '28P01': NO_PASSWORD,
  '3D000': {
    fault: 'postgres-database-missing',
    text: 'there is no such database; check its name in url, or create it',
  },
  '3F000': {
    fault: 'postgres-schema-missing',
    text: 'the schema is not there; check --print-grants prints what makes it',
  },
  '53300': FULL,
  '53100': {
    fault: 'postgres-disk-full',
    text: 'the disk of the database server is full; free some space there',
    retryAfter: 60,
  },
  '25006': READ_ONLY,
  '57P01': RESTARTS,
  '57P02': RESTARTS,
  '57P03': RESTARTS,
  '57P05': RESTARTS,
  '57014': { fault: 'postgres-silent', text: 'the server took longer than it may; try again', retryAfter: 5 },
  '55P03': contended('others hold what is to be changed'),
  '40001': contended('others change the same all the time'),
  '40P01': contended('others change the same in another order'),
};

/** pgbouncer, whose refusals all have one code. */
const POOLER: readonly (readonly [RegExp, Refusal | undefined])[] = [
  [/no such database|database .* does not exist/, REFUSALS['3D000']],
  [/no such user|authentication failed|SASL/, NO_PASSWORD],
  [/no more connections|query_wait_timeout|too many/, FULL],
];

/** @param state  SQLSTATE of `error` */
export function refusalBy(error: DatabaseError, state: string): Refusal {
  const known = REFUSALS[state];
  if (known) return known;
  if (state === '28000') return { fault: 'postgres-login-refused', text: refusedLogIn(error) };
  if (state === '42501') return { fault: 'postgres-right-missing', text: missingRight(error) };
  if (state.startsWith('08')) return POOLER.find(([pattern]) => pattern.test(error.message))?.[1] ?? RESTARTS;
  const text = `the server failed (SQLSTATE ${state}); its own log tells more`;
  return { fault: 'postgres-failed', text, retryAfter: 5 };
}
