import { once } from 'node:events';
import pg from 'pg';
import type { Notices } from '../log/notices.ts';
import { addressOf, type Host } from './address.ts';
import { asUnavailable, isContention, unavailable } from './postgres-errors.ts';
import { type Caller, ClientSession, parsersOver, type Session } from './session.ts';
import type { PostgresSettings } from './settings.ts';
import { tlsFor } from './tls.ts';

export type { Caller, Session } from './session.ts';

export interface DatabaseOptions {
  /** Of the tables that program text calls `scim.NAME`. */
  readonly schema: string;
  /** Longest that a statement may run. Unit: ms. */
  readonly deadline: number;
  readonly log?: Pick<Notices, 'warn'> | undefined;
}

/** Rounds of a transaction that others were in the way of. */
const ATTEMPTS = 10;
/** Unit: ms. */
const CONNECT_PATIENCE = 5000;

const IS_PRIMARY = 'SELECT pg_is_in_recovery()';

/** A pool of connections to the primary of a database. Nothing in it depends on who had a connection before: it may be a pooler's. */
export class Database {
  readonly #options: DatabaseOptions;
  readonly #pools: readonly pg.Pool[];
  #current = 0;

  constructor(settings: PostgresSettings, options: DatabaseOptions) {
    this.#options = options;
    const address = addressOf(settings.url ?? '');
    if ('complaint' in address) throw new Error(`url ${address.complaint}`);
    const { user, database, hosts } = address;
    const password = settings.password?.reveal() ?? process.env['PGPASSWORD'];
    const poolOf = ({ host, port }: Host): pg.Pool => {
      const pool = new pg.Pool({
        ...{ host, port, user, database, max: settings.pool_size, connectionTimeoutMillis: CONNECT_PATIENCE },
        ...(password === undefined ? {} : { password }),
        ssl: tlsFor(settings, address, host),
        types: parsersOver(pg.types.getTypeParser as never),
        keepAlive: true,
        application_name: 'scim-connector',
        pipeline: true,
      } as pg.PoolConfig);
      // An idle connection that ends is replaced when the next one is needed.
      pool.on('error', () => undefined);
      return pool;
    };
    this.#pools = hosts.map(poolOf);
  }

  /** @throws unavailable */
  async open(): Promise<void> {
    await this.ping();
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
  }

  /** @throws unavailable */
  async ping(): Promise<void> {
    await this.rows({ signal: AbortSignal.timeout(this.#options.deadline) }, 'SELECT 1');
  }

  /** What a pool is busy with. */
  get standing(): { readonly size: number; readonly idle: number; readonly waiting: number } {
    const sum = (of: (pool: pg.Pool) => number): number => this.#pools.reduce((all, pool) => all + of(pool), 0);
    return { size: sum((p) => p.totalCount), idle: sum((p) => p.idleCount), waiting: sum((p) => p.waitingCount) };
  }

  /** One statement with a snapshot of its own. @throws unavailable */
  rows<T extends readonly unknown[]>(caller: Caller, text: string, ...params: readonly unknown[]): Promise<T[]> {
    return this.#using(caller, (client) => this.#session(client).rows<T>(text, ...params));
  }

  /** @returns how many rows were changed @throws unavailable */
  run(caller: Caller, text: string, ...params: readonly unknown[]): Promise<number> {
    return this.#using(caller, (client) => this.#session(client).run(text, ...params));
  }

  /**
   * Runs `work` in one transaction, from its beginning once more where another transaction was in the way.
   * @throws what `work` throws, then nothing of it was done; unavailable
   */
  async transaction<T>(caller: Caller, work: (session: Session) => Promise<T>): Promise<T> {
    for (let round = 1; ; round += 1) {
      try {
        return await this.#using(caller, (client) => this.#once(client, work));
      } catch (error) {
        if (!isContention(error) || round >= ATTEMPTS || caller.signal.aborted) throw asUnavailable(error) ?? error;
      }
    }
  }

  async #once<T>(client: pg.PoolClient, work: (session: Session) => Promise<T>): Promise<T> {
    const limit = this.#options.deadline;
    const begun = client.query(
      `BEGIN; SET LOCAL statement_timeout = ${limit}; SET LOCAL lock_timeout = ${limit}; SET LOCAL idle_in_transaction_session_timeout = ${limit}`,
    );
    begun.catch(() => undefined);
    let result: T;
    try {
      result = await work(this.#session(client));
      await begun;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
    await client.query('COMMIT');
    return result;
  }

  #session(client: pg.PoolClient): Session {
    return new ClientSession(client, this.#options.schema);
  }

  async #using<T>({ signal }: Caller, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const client = await this.#take();
    const ended = new AbortController();
    const gone = once(signal, 'abort', { signal: ended.signal }).then(
      () => {
        throw unavailable('too-slow', 'no answer in time', { retryAfter: 5 });
      },
      () => new Promise<never>(() => undefined),
    );
    const working = work(client);
    working.catch(() => undefined);
    try {
      const result = await Promise.race([working, gone]);
      client.release();
      return result;
    } catch (error) {
      client.release(asUnavailable(error) !== undefined || signal.aborted);
      throw isContention(error) ? error : (asUnavailable(error) ?? error);
    } finally {
      ended.abort();
    }
  }

  /** From the host that was the primary last, else from the next that is. @throws unavailable */
  async #take(): Promise<pg.PoolClient> {
    let failure: unknown;
    for (let step = 0; step < this.#pools.length; step += 1) {
      const index = (this.#current + step) % this.#pools.length;
      try {
        const client = await (this.#pools[index] as pg.Pool).connect();
        if (await isPrimary(client)) {
          this.#current = index;
          return client;
        }
        client.release(true);
        failure = unavailable('database-read-only', 'the server is a standby, which cannot be written to');
      } catch (error) {
        failure = error;
      }
    }
    throw asUnavailable(failure) ?? failure;
  }
}

const primaries = new WeakSet<pg.PoolClient>();

async function isPrimary(client: pg.PoolClient): Promise<boolean> {
  if (primaries.has(client)) return true;
  const { rows } = await client.query<{ pg_is_in_recovery: boolean }>(IS_PRIMARY);
  if (rows[0]?.pg_is_in_recovery) return false;
  primaries.add(client);
  return true;
}
