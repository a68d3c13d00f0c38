import { setTimeout as pause } from 'node:timers/promises';
import { debuglog } from 'node:util';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Directory, RootDse, Session } from '../directory/session.ts';
import type { Connection } from './connection.ts';
import { unlessAborted, withDeadline } from './deadline.ts';
import { type DirectoryOptions, type LaneName, type Settled, settled } from './directory-options.ts';
import { Failover } from './failover.ts';
import { LdapSession } from './ldap-session.ts';
import { BindRefused, openConnection } from './open-connection.ts';
import { failureIn, isReferral, mayRepeat } from './retry.ts';
import { readRootDse, Server } from './server.ts';
import { parseAddress } from './server-address.ts';
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

interface Loan {
  readonly session: LdapSession;
  readonly connection: Connection;
}

export type { DirectoryOptions } from './directory-options.ts';

class PooledDirectory implements Directory {
  readonly #options: Settled;
  readonly #servers: readonly Server[];
  readonly #failover: Failover;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  constructor(options: Settled, servers: readonly [Server, ...Server[]]) {
    this.#options = options;
    this.#servers = servers;
    this.#failover = new Failover(servers, options.log);
  }

  rootDse(signal: AbortSignal): Promise<RootDse> {
    const { read } = this.#options.timeouts;
    return this.#bounded(signal, (limited) =>
      this.#lend('read', limited, ({ connection }) => readRootDse(connection, limited, read)),
    );
  }

  read<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#bounded(signal, (limited) => this.#lend('read', limited, ({ session }) => work(session)));
  }

  write<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#bounded(signal, (limited) => this.#lend('write', limited, ({ session }) => work(session)));
  }

  cursor<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#tracked(this.#lend('cursor', signal, ({ session }) => work(session)));
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

  /** Lends a connection to `work`, once more where that is safe. */
  async #lend<T>(name: LaneName, signal: AbortSignal, work: (loan: Loan) => Promise<T>): Promise<T> {
    let repeated = false;
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
        if (!failure || repeated || signal.aborted || !mayRepeat(name, failure, session.applied)) throw error;
        repeated = true;
        if (failure.code !== undefined) await unlessAborted(signal, pause(BREATH));
      } finally {
        session.end();
        server.lane(name).release(connection);
      }
    }
  }

  /** From the first server that gives one. Nothing was sent yet: each may be tried, one that restarts twice more. */
  async #connection(name: LaneName, signal: AbortSignal): Promise<{ server: Server; connection: Connection }> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#closed) throw new LdapFailure('the directory is closed');
      const server = await this.#failover.choose(name === 'write', signal);
      try {
        return { server, connection: await server.lane(name).acquire(signal) };
      } catch (error) {
        const more = error instanceof Error && isRestart(error) ? RESTART_ATTEMPTS : 0;
        if (attempt >= this.#servers.length + more || signal.aborted) throw error;
      }
    }
  }

  #session(name: LaneName, connection: Connection, signal: AbortSignal): LdapSession {
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

/**
 * Checks the options and reads the password once; connects when the first work comes, so a directory that is down
 * does not keep the connector from starting.
 * @throws LdapFailure for a URL that would send the password in clear text, an empty password, `NODE_DEBUG=ldapts`
 */
export async function openDirectory(options: DirectoryOptions): Promise<Directory> {
  // Its debug output holds passwords of people.
  if (debuglog('ldapts').enabled) throw new LdapFailure('NODE_DEBUG=ldapts prints passwords; unset it');
  const all = settled(options);
  const [first, ...others] = all.urls.map((url) => new Server(parseAddress(url, all), all));
  if (!first) throw new LdapFailure('urls: name at least one directory server');
  if (all.bind.kind === 'external') {
    if (all.urls.some((url) => url.startsWith('ldap:')) && !all.startTls) {
      throw new LdapFailure('a client certificate needs TLS; use ldaps:// or start_tls');
    }
  } else if (all.bind.dn === '' || (await all.bind.password()) === '') {
    throw new LdapFailure('bind_dn and its password must not be empty');
  }
  return new PooledDirectory(all, [first, ...others]);
}
