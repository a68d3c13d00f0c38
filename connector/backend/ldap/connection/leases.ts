import { setTimeout as pause } from 'node:timers/promises';
import { failureIn, LdapFailure } from '../directory/ldap-failure.ts';
import type { Connection } from './connection.ts';
import { unlessAborted } from './deadline.ts';
import type { PoolName, ResolvedOptions } from './directory-options.ts';
import { Failover } from './failover.ts';
import { LdapSession } from './ldap-session.ts';
import { isReferral, mayRetry } from './retry.ts';
import type { Server } from './server.ts';
import { isRestart } from './socket-failures.ts';
import type { Tally } from './tally.ts';

/** Attempts on top of one for each server, while one seems to restart. */
const RESTART_ATTEMPTS = 2;
/** A busy server gets a breath. Unit: ms. */
const BREATH = 100;

/** A connection for one piece of work. */
export interface Lease {
  readonly session: LdapSession;
  readonly connection: Connection;
}

/** Leases connections of the server that is chosen now, and chooses another one where work fails for want of it. */
export class Leases {
  readonly failover: Failover;
  readonly #options: ResolvedOptions;
  readonly #servers: number;
  #closed = false;

  constructor(options: ResolvedOptions, servers: readonly [Server, ...Server[]]) {
    this.#options = options;
    this.#servers = servers.length;
    this.failover = new Failover(servers, options.log);
  }

  /** No more are given. */
  close(): void {
    this.#closed = true;
  }

  /** Leases a connection to `work`, once more where that is safe. */
  async lease<T>(name: PoolName, signal: AbortSignal, work: (lease: Lease) => Promise<T>): Promise<T> {
    let retried = false;
    for (;;) {
      const { server, connection } = await this.#connection(name, signal);
      const session = this.#session(name, connection, server.tally, signal);
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
    let passing: unknown;
    for (let attempt = 1; ; attempt += 1) {
      if (this.#closed) throw new LdapFailure('the directory is closed');
      const server = await this.failover.choose(name === 'write', signal);
      try {
        return { server, connection: await server.pool(name).acquire(signal) };
      } catch (error) {
        const more = error instanceof Error && isRestart(error) ? RESTART_ATTEMPTS : 0;
        if (failureIn(error)?.lasting !== true) passing = error;
        // A server that may come back is what a client can wait for, whatever is wrong with the others.
        if (attempt >= this.#servers + more || signal.aborted) throw passing ?? error;
      }
    }
  }

  #session(name: PoolName, connection: Connection, tally: Tally, signal: AbortSignal): LdapSession {
    const { timeouts, pageSize } = this.#options;
    const exclusive = name === 'cursor';
    return new LdapSession({
      connection,
      tally,
      signal,
      readTimeout: exclusive ? timeouts.page : timeouts.read,
      writeTimeout: timeouts.write,
      pageSize,
      exclusive,
    });
  }
}
