import { setTimeout as pause } from 'node:timers/promises';
import { failureIn, LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Directory, RootDse, Session } from '../directory/session.ts';
import type { Connection } from './connection.ts';
import { unlessAborted, withDeadline } from './deadline.ts';
import type { PoolName, ResolvedOptions } from './directory-options.ts';
import { Failover } from './failover.ts';
import { LdapSession } from './ldap-session.ts';
import { BindRefused, openConnection } from './open-connection.ts';
import { isReferral, mayRetry } from './retry.ts';
import { readRootDse, type Server } from './server.ts';
import { isRestart } from './socket-failures.ts';

/** "Not this password" or "not this account": 389 says the first and last for locked ones, others the second for all. */
const REFUSALS: ReadonlySet<number | undefined> = new Set([
  RESULT.constraintViolation,
  RESULT.invalidCredentials,
  RESULT.unwillingToPerform,
]);
/** How long running work may go on when the directory is closed. Unit: ms. */
const CLOSE_WAIT = 5_000;
/** Attempts on top of one for each server, while one seems to restart. */
const RESTART_ATTEMPTS = 2;
/** A busy server gets a breath. Unit: ms. */
const BREATH = 100;

interface Lease {
  readonly session: LdapSession;
  readonly connection: Connection;
}

/** The directory's servers, and a pool of connections to each for each kind of work. */
export class PooledDirectory implements Directory {
  readonly #options: ResolvedOptions;
  readonly #servers: readonly Server[];
  readonly #failover: Failover;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  constructor(options: ResolvedOptions, servers: readonly [Server, ...Server[]]) {
    this.#options = options;
    this.#servers = servers;
    this.#failover = new Failover(servers, options.log);
  }

  rootDse(signal: AbortSignal): Promise<RootDse> {
    const { read } = this.#options.timeouts;
    return this.#bounded(signal, (limited) =>
      this.#lease('read', limited, ({ connection }) => readRootDse(connection, limited, read)),
    );
  }

  read<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#bounded(signal, (limited) => this.#lease('read', limited, ({ session }) => work(session)));
  }

  write<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#bounded(signal, (limited) => this.#lease('write', limited, ({ session }) => work(session)));
  }

  cursor<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#tracked(this.#lease('cursor', signal, ({ session }) => work(session)));
  }

  async checkPassword(signal: AbortSignal, dn: string, password: string): Promise<boolean> {
    // Without a password or a name the bind would be anonymous, and succeed.
    if (dn === '' || password === '') return false;
    return this.#bounded(signal, async (limited) => {
      const { address } = await this.#failover.choose(false, limited);
      try {
        const bind = { kind: 'simple', dn, password: () => password } as const;
        const connection = await openConnection(address, this.#options, bind, () => {}, limited);
        connection.close();
        return true;
      } catch (error) {
        if (error instanceof BindRefused && REFUSALS.has(error.code)) return false;
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const server of this.#servers) server.close();
    const patience = new AbortController();
    await Promise.race([
      Promise.allSettled([...this.#running]),
      pause(CLOSE_WAIT, undefined, { signal: patience.signal }).catch(() => {}),
    ]);
    patience.abort();
    for (const server of this.#servers) server.abandon();
  }

  async #tracked<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  #bounded<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { total } = this.#options.timeouts;
    return this.#tracked(withDeadline(signal, total, `the directory did not answer within ${total / 1000} s`, work));
  }

  /** Leases a connection to `work`, once more where that is safe. */
  async #lease<T>(name: PoolName, signal: AbortSignal, work: (lease: Lease) => Promise<T>): Promise<T> {
    let retried = false;
    for (;;) {
      const { server, connection } = await this.#connection(name, signal);
      const session = this.#session(name, connection, signal);
      try {
        const result = await work({ session, connection });
        server.circuit.answered();
        return result;
      } catch (error) {
        const failure = failureIn(error);
        if (failure && isReferral(failure) && name === 'write') server.circuit.refusedWrite();
        if (!failure || retried || signal.aborted || !mayRetry(name, failure, session.applied)) throw error;
        retried = true;
        if (failure.code !== undefined) await unlessAborted(signal, pause(BREATH));
      } finally {
        session.end();
        server.pool(name).release(connection);
      }
    }
  }

  /** From the first server that gives one. Nothing was sent yet: each may be tried, one that restarts twice more. */
  async #connection(name: PoolName, signal: AbortSignal): Promise<{ server: Server; connection: Connection }> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#closed) throw new LdapFailure('the directory is closed');
      const server = await this.#failover.choose(name === 'write', signal);
      try {
        return { server, connection: await server.pool(name).acquire(signal) };
      } catch (error) {
        const more = error instanceof Error && isRestart(error) ? RESTART_ATTEMPTS : 0;
        if (attempt >= this.#servers.length + more || signal.aborted) throw error;
      }
    }
  }

  #session(name: PoolName, connection: Connection, signal: AbortSignal): LdapSession {
    const { timeouts, pageSize } = this.#options;
    const exclusive = name === 'cursor';
    return new LdapSession({
      connection,
      signal,
      readTimeout: exclusive ? timeouts.page : timeouts.read,
      writeTimeout: timeouts.write,
      pageSize,
      exclusive,
    });
  }
}
