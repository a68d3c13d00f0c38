import { setTimeout as pause } from 'node:timers/promises';
import { RESULT } from '../directory/result-code.ts';
import type { Directory, RootDse, Session } from '../directory/session.ts';
import type { DirectoryStanding } from '../directory/standing.ts';
import { BindRefused } from './bind-failure.ts';
import { withDeadline } from './deadline.ts';
import type { ResolvedOptions } from './directory-options.ts';
import { Leases } from './leases.ts';
import { openConnection } from './open-connection.ts';
import { readRootDse, type Server } from './server.ts';

/** "Not this password" or "not this account": 389 says the first and last for locked ones, others the second for all. */
const REFUSALS: ReadonlySet<number | undefined> = new Set([
  RESULT.constraintViolation,
  RESULT.invalidCredentials,
  RESULT.unwillingToPerform,
]);
/** How long running work may go on when the directory is closed. Unit: ms. */
const CLOSE_WAIT = 5_000;

/** The directory's servers, and a pool of connections to each for each kind of work. */
export class PooledDirectory implements Directory {
  readonly #options: ResolvedOptions;
  readonly #servers: readonly Server[];
  readonly #leases: Leases;
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: ResolvedOptions, servers: readonly [Server, ...Server[]]) {
    this.#options = options;
    this.#servers = servers;
    this.#leases = new Leases(options, servers);
  }

  get standing(): DirectoryStanding {
    const { current, turns } = this.#leases.failover;
    const servers = this.#servers.map((server) => ({ ...server.standing, current: server === current }));
    return { servers, failovers: turns };
  }

  rootDse(signal: AbortSignal): Promise<RootDse> {
    const { read } = this.#options.timeouts;
    return this.#bounded(signal, (limited) =>
      this.#leases.lease('read', limited, ({ connection }) => readRootDse(connection, limited, read)),
    );
  }

  read<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#bounded(signal, (limited) => this.#leases.lease('read', limited, ({ session }) => work(session)));
  }

  write<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#bounded(signal, (limited) => this.#leases.lease('write', limited, ({ session }) => work(session)));
  }

  cursor<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#tracked(this.#leases.lease('cursor', signal, ({ session }) => work(session)));
  }

  async checkPassword(signal: AbortSignal, dn: string, password: string): Promise<boolean> {
    // Without a password or a name the bind would be anonymous, and succeed.
    if (dn === '' || password === '') return false;
    return this.#bounded(signal, async (limited) => {
      const { address } = await this.#leases.failover.choose(false, limited);
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
    this.#leases.close();
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
}
