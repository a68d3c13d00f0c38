import { cancelled, LdapFailure } from '../directory/ldap-failure.ts';
import type { PoolStanding } from '../directory/standing.ts';
import type { Connection } from './connection.ts';
import type { PoolSize } from './directory-options.ts';
import { Waiter } from './waiter.ts';

export interface PoolOptions {
  readonly size: PoolSize;
  /** Unit: ms. */
  readonly maxLifetime: number;
  readonly idleCheck: number;
  /** Its own deadline; `onLost` must reach `lost` of this pool. */
  readonly open: (onLost: (connection: Connection) => void) => Promise<Connection>;
  /** Whether an idle connection still answers. */
  readonly check: (connection: Connection) => Promise<boolean>;
}

/** The connections to one server for one kind of work, opened when work comes. */
export class Pool {
  readonly #options: PoolOptions;
  /** Pieces of work on each connection. */
  readonly #loads = new Map<Connection, number>();
  readonly #retired = new Set<Connection>();
  readonly #waiting: Waiter[] = [];
  #opening = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get standing(): Omit<PoolStanding, 'name'> {
    const loads = [...this.#loads.values()];
    const busy = loads.filter((load) => load > 0).length;
    return { busy, idle: loads.length - busy, opening: this.#opening, waiting: this.#waiting.length };
  }

  /** Give it back with `release`. @throws LdapFailure when no connection can be opened or `signal` aborts first */
  acquire(signal: AbortSignal): Promise<Connection> {
    if (this.#closed) return Promise.reject(new LdapFailure('the directory is closed'));
    if (signal.aborted) return Promise.reject(cancelled(signal, false));
    const waiter = new Waiter(signal, () => {
      const at = this.#waiting.indexOf(waiter);
      if (at >= 0) this.#waiting.splice(at, 1);
    });
    this.#waiting.push(waiter);
    this.#assign();
    return waiter.connection;
  }

  release(connection: Connection): void {
    const load = (this.#loads.get(connection) ?? 1) - 1;
    if (this.#loads.has(connection)) this.#loads.set(connection, load);
    const unfinished = connection.dirty && this.#options.size.sharing === 1;
    if (unfinished || this.#isOld(connection) || this.#closed) this.#retired.add(connection);
    if (load === 0 && this.#retired.has(connection)) this.#drop(connection);
    this.#assign();
  }

  close(): void {
    this.#closed = true;
    this.#refuse(new LdapFailure('the directory is closed'));
    this.retire();
  }

  /** Ends idle connections now, others when their work is done. */
  retire(): void {
    for (const [connection, load] of this.#loads) {
      this.#retired.add(connection);
      if (load === 0) this.#drop(connection);
    }
  }

  /** Ends all connections, with work on them or not. */
  abandon(): void {
    this.close();
    for (const connection of [...this.#loads.keys()]) this.#drop(connection);
  }

  #isOld(connection: Connection): boolean {
    return performance.now() - connection.openedAt > this.#options.maxLifetime;
  }

  #drop(connection: Connection): void {
    this.#loads.delete(connection);
    this.#retired.delete(connection);
    connection.close();
  }

  #leastLoaded(): { readonly connection: Connection; readonly load: number } | undefined {
    let best: { connection: Connection; load: number } | undefined;
    for (const [connection, load] of [...this.#loads]) {
      if (this.#isOld(connection)) {
        this.#retired.add(connection);
        if (load === 0) this.#drop(connection);
      }
      if (this.#retired.has(connection) || connection.isLost || load >= this.#options.size.sharing) continue;
      if (!best || load < best.load) best = { connection, load };
    }
    return best;
  }

  #assign(): void {
    const { connections, sharing } = this.#options.size;
    // A second connection pays once the first is busy, not before.
    const comfortable = Math.max(1, sharing / 8);
    while (this.#waiting.length > 0) {
      const best = this.#leastLoaded();
      const live = this.#loads.size - this.#retired.size;
      const mayOpen = live + this.#opening < connections && this.#opening * comfortable < this.#waiting.length;
      if (mayOpen && (!best || best.load >= comfortable)) this.#open();
      if (!best) {
        if (mayOpen) continue;
        return;
      }
      const next = this.#waiting.shift();
      if (next) this.#handOver(best.connection, next);
    }
  }

  #handOver(connection: Connection, waiter: Waiter): void {
    this.#loads.set(connection, (this.#loads.get(connection) ?? 0) + 1);
    if (connection.idleFor < this.#options.idleCheck) this.#give(connection, waiter);
    else {
      this.#options.check(connection).then((answers) => {
        if (answers) this.#give(connection, waiter);
        else {
          this.#drop(connection);
          this.#waiting.unshift(waiter);
          this.#assign();
        }
      });
    }
  }

  #give(connection: Connection, waiter: Waiter): void {
    if (!waiter.give(connection)) this.release(connection);
  }

  /** Everybody who waits. */
  #refuse(error: unknown): void {
    for (const waiter of this.#waiting.splice(0)) waiter.fail(error);
  }

  #open(): void {
    this.#opening += 1;
    this.#options
      .open((connection) => {
        this.#loads.delete(connection);
        this.#retired.delete(connection);
        this.#assign();
      })
      .then(
        (connection) => {
          this.#opening -= 1;
          if (this.#closed || connection.isLost) connection.close();
          else this.#loads.set(connection, 0);
          this.#assign();
        },
        (error: unknown) => {
          this.#opening -= 1;
          // With another connection alive or on its way they can still be served.
          if (this.#loads.size === 0 && this.#opening === 0) this.#refuse(error);
        },
      );
  }
}
