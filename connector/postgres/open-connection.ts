import { randomUUID } from 'node:crypto';
import type { Host } from './address.ts';
import { connectFailure } from './connect-failure.ts';
import { Connection } from './connection.ts';
import { NO_JIT } from './no-jit.ts';
import { unavailable } from './postgres-errors.ts';
import type { Target } from './target.ts';

/** What there is to know of a server before it is relied on, in one question. */
const LOOK = `SELECT pg_is_in_recovery(), current_setting('transaction_read_only') = 'on', pg_backend_pid(),
  EXISTS (SELECT FROM pg_class JOIN pg_namespace space ON space.oid = relnamespace
    WHERE nspname = $1 AND relname = 'settlement')`;

type Look = readonly [isStandby: boolean, isReadOnly: boolean, processId: number, settles: boolean];

export interface Opened {
  readonly connection: Connection;
  /** What remains of each commit is kept in the schema (settlement.ts). */
  readonly settles: boolean;
}

/** Logs in, and nothing else. @param patience  Unit: ms. @throws unavailable */
export async function logIn(target: Target, host: Host, patience: number): Promise<Connection> {
  try {
    const connection = new Connection(host, randomUUID(), target.config(host));
    await connection.connect(patience);
    return connection;
  } catch (error) {
    const failure = connectFailure(host, error);
    if (failure.fault === 'postgres-tls-not-offered' && target.goesPlain(host)) return logIn(target, host, patience);
    throw failure;
  }
}

/** A connection to the server at `host` if it is the primary. @param patience  Unit: ms. @throws unavailable */
export async function openConnection(target: Target, host: Host, schema: string, patience: number): Promise<Opened> {
  const connection = await logIn(target, host, patience);
  const late = setTimeout(() => connection.destroy(), patience);
  try {
    const { rows } = await connection.ask(LOOK, [schema]);
    const [isStandby, isReadOnly, processId, settles] = rows[0] as Look;
    if (isStandby || isReadOnly) throw isReadOnlyAt(connection, isStandby);
    connection.isPooled = processId !== connection.processId;
    // A pooler's is set in each transaction.
    if (!connection.isPooled) await connection.ask(`SET ${NO_JIT}`);
    return { connection, settles };
  } catch (error) {
    connection.destroy();
    throw connectFailure(host, error);
  } finally {
    clearTimeout(late);
  }
}

const isReadOnlyAt = ({ at }: Connection, isStandby: boolean) =>
  isStandby
    ? unavailable('postgres-read-only', `${at} is a standby, which may lag behind; name the primary in url too`, {
        retryAfter: 5,
      })
    : unavailable('postgres-read-only', `${at} takes no changes: default_transaction_read_only is on there`, {
        retryAfter: 30,
      });
