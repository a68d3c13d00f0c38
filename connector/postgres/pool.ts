import type { Connection } from './connection.ts';
import type { Hosts } from './hosts.ts';
import { mayPass, unavailable } from './postgres-errors.ts';
import { Waiter } from './waiter.ts';

/** While a server restarts, or another takes over, those who wait are not told at once. Unit: ms. */
const PATIENCE = 5000;
/** Between two attempts. Unit: ms. */
const BREATH = 150;
/** A connection that nobody has needed for so long is closed. Unit: ms. */
const IDLE = 300_000;
/** A server that is silent for so long is asked whether it is there. Unit: ms. */
const SILENCE = 3000;
/** How often the pool is looked at. Unit: ms. */
const GLANCE = 1000;

export interface PoolOptions {
  readonly size: number;
  /** Longest that anybody waits for a connection. Unit: ms. */
  readonly patience: number;
}

/** Why the caller is not answered any more. */
export const goneReason = ({ reason }: AbortSignal): unknown =>
  reason instanceof Error && reason.name === 'ScimError'
    ? reason
    : unavailable('postgres-silent', 'the database server did not answer within the time that the request has', {
        cause: reason,
        retryAfter: 5,
      });

/** Connections to the primary, opened when work comes. Whoever came first is served first. */
export class Pool {
  readonly #hosts: Hosts;
  readonly #options: PoolOptions;
  readonly #busy = new Set<Connection>();
  /** The one that was used last is used next: others may end. */
  readonly #idle: Connection[] = [];
  readonly #waiting: Waiter[] = [];
  readonly #asked = new Set<string>();
  readonly #glance: NodeJS.Timeout;
  #opening = 0;
  #brokenSince: number | undefined;
  #wasReached = false;
  #closed = false;
  /** Since the start. */
  opened = 0;
  lost = 0;

  constructor(hosts: Hosts, options: PoolOptions) {
    this.#hosts = hosts;
    this.#options = options;
    this.#glance = setInterval(() => this.#look(), GLANCE).unref();
  }

  get standing(): { readonly size: number; readonly idle: number; readonly opening: number; readonly waiting: number } {
    const { length: idle } = this.#idle;
    return { size: this.#busy.size + idle, idle, opening: this.#opening, waiting: this.#waiting.length };
  }

  /** Give it back with `give`, or `drop` it. @throws unavailable, the reason of `signal` */
  take(signal: AbortSignal): Promise<Connection> {
    if (this.#closed) return Promise.reject(unavailable('connector-stopping', 'the connector is stopping; try again'));
    if (signal.aborted) return Promise.reject(goneReason(signal));
    const idle = this.#idle.pop();
    if (idle) {
      this.#busy.add(idle);
      return Promise.resolve(idle);
    }
    const waiter = new Waiter(
      signal,
      this.#options.patience,
      { gone: () => goneReason(signal), late: () => this.#lateReason() },
      (one) => {
        const at = this.#waiting.indexOf(one);
        if (at >= 0) this.#waiting.splice(at, 1);
      },
    );
    this.#waiting.push(waiter);
    this.#openMore();
    return waiter.connection;
  }

  give(connection: Connection): void {
    if (connection.isLost) return;
    if (this.#closed || !connection.isClean) {
      this.drop(connection);
      return;
    }
    const next = this.#waiting.shift();
    if (next) {
      next.give(connection);
      return;
    }
    this.#busy.delete(connection);
    connection.idleSince = performance.now();
    this.#idle.push(connection);
  }

  drop(connection: Connection): void {
    connection.destroy();
  }

  /** One was found dead: those that nobody uses may be so too. */
  suspect(): void {
    for (const connection of this.#idle.splice(0)) connection.destroy();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#glance);
    for (const connection of this.#idle.splice(0)) connection.end();
    this.#refuse(unavailable('connector-stopping', 'the connector is stopping; try again'));
  }

  #lateReason(): unknown {
    const { size } = this.#options;
    return this.#busy.size < size
      ? unavailable('postgres-unreachable', 'no connection to the database came about in time; check the network', {
          retryAfter: 5,
        })
      : unavailable('postgres-pool-busy', `all ${size} connections are busy; raise pool_size`, { retryAfter: 2 });
  }

  #openMore(): void {
    while (!this.#closed && this.#opening < this.#waiting.length) {
      if (this.#busy.size + this.#idle.length + this.#opening >= this.#options.size) return;
      this.#opening += 1;
      void this.#open();
    }
  }

  async #open(): Promise<void> {
    try {
      const connection = await this.#hosts.open();
      this.#opening -= 1;
      this.#brokenSince = undefined;
      this.#wasReached = true;
      this.opened += 1;
      this.#busy.add(connection);
      connection.whenLost((one) => this.#forget(one));
      this.give(connection);
    } catch (error) {
      this.#brokenSince ??= performance.now();
      const isYoung = performance.now() - this.#brokenSince < PATIENCE;
      if (this.#wasReached && isYoung && mayPass(error) && !this.#closed && this.#waiting.length > 0) {
        setTimeout(() => {
          this.#opening -= 1;
          this.#openMore();
        }, BREATH);
        return;
      }
      this.#opening -= 1;
      // With another connection alive or on its way they can still be served.
      if (this.#busy.size === 0 && this.#opening === 0) this.#refuse(error);
    }
  }

  #forget(connection: Connection): void {
    this.lost += 1;
    this.#busy.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#openMore();
  }

  #refuse(error: unknown): void {
    for (const waiter of this.#waiting.splice(0)) waiter.fail(error);
  }

  #look(): void {
    const now = performance.now();
    while (this.#idle[0] && now - this.#idle[0].idleSince > IDLE) this.#idle.shift()?.end();
    for (const connection of this.#busy)
      if (connection.missing > 0 && now - connection.heardAt > SILENCE) void this.#ask(connection);
  }

  /** Whether a silent server is there at all: if not, nobody needs to wait for it until the end. */
  async #ask({ host, at }: Connection): Promise<void> {
    if (this.#asked.has(at)) return;
    this.#asked.add(at);
    const answers = await this.#hosts.answers(host);
    this.#asked.delete(at);
    if (answers) return;
    for (const one of [...this.#busy, ...this.#idle]) if (one.at === at) one.destroy();
  }
}
