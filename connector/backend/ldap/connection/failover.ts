import { setTimeout as pause } from 'node:timers/promises';
import { cancelled, LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { DirectoryLog } from './directory-options.ts';
import type { Server } from './server.ts';

/** A server that may be tried this soon is waited for: a restart takes seconds. Unit: ms. */
const PATIENCE = 3_000;

/** The same answer while servers are left alone as when they were tried. @param retryAfter  unit: seconds */
function unusable(servers: readonly Server[], retryAfter: number): LdapFailure {
  const reasons = servers.map(({ circuit }) => circuit.reason);
  const text = servers.length === 1 ? `${reasons[0]}` : `no directory server can be used: ${reasons.join('; ')}`;
  // One that may come back is enough to come back for.
  // One fault of one server; of several it is that none can be used.
  const fault = servers.length === 1 ? servers[0]?.circuit.fault : 'directory-unreachable';
  return new LdapFailure(
    text,
    servers.every(({ circuit }) => circuit.isLasting) ? { lasting: true, fault } : { retryAfter, fault },
  );
}

/**
 * One server for everything until it fails: replicas lag, and some counters are each server's own. The one that comes
 * first in the list is preferred and returned to as soon as it answers again.
 */
export class Failover {
  readonly #servers: readonly Server[];
  readonly #log: DirectoryLog;
  #current: Server;
  #probing = false;
  /** How often another server was turned to. */
  turns = 0;

  constructor(servers: readonly [Server, ...Server[]], log: DirectoryLog) {
    this.#servers = servers;
    this.#current = servers[0];
    this.#log = log;
  }

  get current(): Server {
    return this.#current;
  }

  /** @throws LdapFailure when every server is left alone for now, or, for writes, read-only (referral) */
  async choose(writes: boolean, signal: AbortSignal): Promise<Server> {
    this.#probe();
    const found = this.#usable(writes) ?? (await this.#awaited(writes, signal));
    if (found !== this.#current) {
      this.#log.warn(`directory: working with ${found.address.url} instead of ${this.#current.address.url}`);
      this.#turnTo(found);
    }
    return found;
  }

  #turnTo(server: Server): void {
    this.#current = server;
    this.turns += 1;
  }

  #candidates(writes: boolean): readonly Server[] {
    const others = this.#servers.filter((server) => server !== this.#current);
    return [this.#current, ...others].filter((server) => !writes || !server.circuit.isReadOnly);
  }

  #usable(writes: boolean): Server | undefined {
    const candidates = this.#candidates(writes);
    // One that is known to work before one that may work again.
    return candidates.find(({ circuit }) => circuit.isClosed) ?? candidates.find((server) => this.#isDue(server));
  }

  #isDue({ circuit }: Server): boolean {
    return circuit.opensAt(false) <= performance.now();
  }

  async #awaited(writes: boolean, signal: AbortSignal): Promise<Server> {
    const candidates = this.#candidates(writes);
    const [soonest] = candidates.toSorted((a, b) => a.circuit.opensAt(true) - b.circuit.opensAt(true));
    if (!soonest) {
      throw new LdapFailure('every directory server is read-only; put a writable one first in urls', {
        code: RESULT.referral,
      });
    }
    const wait = soonest.circuit.opensAt(true) - performance.now();
    if (wait > PATIENCE) {
      throw unusable(candidates, Math.ceil(wait / 1000));
    }
    if (wait > 0) {
      await pause(wait, undefined, { signal }).catch(() => {
        throw cancelled(signal, false);
      });
    }
    return soonest;
  }

  /** Tries the servers before the current one whose time has come, beside the work. */
  #probe(): void {
    const before = this.#servers.slice(0, this.#servers.indexOf(this.#current));
    const due = before.find((server) => this.#isDue(server) && !server.circuit.isReadOnly);
    if (!due || this.#probing) return;
    this.#probing = true;
    const pool = due.pool('read');
    pool
      .acquire(new AbortController().signal)
      .then((connection) => {
        pool.release(connection);
        this.#log.info(`directory: back to ${due.address.url}`);
        this.#turnTo(due);
      })
      // Its circuit knows.
      .catch(() => {})
      .finally(() => {
        this.#probing = false;
      });
  }
}
