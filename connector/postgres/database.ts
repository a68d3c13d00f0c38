import type { Notices } from '../log/notices.ts';
import { Hosts } from './hosts.ts';
import { Leases } from './leases.ts';
import { NO_JIT } from './no-jit.ts';
import { Pool } from './pool.ts';
import { asUnavailable, isContention, unavailable } from './postgres-errors.ts';
import type { Caller, Session } from './session.ts';
import type { PostgresSettings } from './settings.ts';
import { FORGET, SETTLE } from './settlement.ts';
import { Statements } from './statement.ts';
import { targetOf } from './target.ts';
import { CommitUnanswered, Transaction } from './transaction.ts';

export type { Caller, Session } from './session.ts';

export interface DatabaseOptions {
  /** Of the tables that program text calls `scim.NAME`. */
  readonly schema: string;
  /** Longest that a statement may run. Unit: ms. */
  readonly deadline: number;
  readonly log?: Pick<Notices, 'warn'> | undefined;
  /** As the server's administrator sees it in pg_stat_activity. */
  readonly applicationName?: string;
}

/** What a database is busy with. */
export interface Standing {
  readonly size: number;
  readonly idle: number;
  readonly opening: number;
  readonly waiting: number;
  /** Since the start. */
  readonly opened: number;
  readonly lost: number;
  /** Transactions that were done anew, as others were in the way. */
  readonly again: number;
  /** Commits whose answer was lost and was found. */
  readonly settled: number;
}

/** We may be busy ourselves in the midst of a transaction. Unit: ms. */
const LEAST_IDLE = 10_000;
/** What remains of commits of long ago. Unit: ms. */
const FORGET_EVERY = 3_600_000;
/** Rounds of a transaction that others were in the way of. */
const ATTEMPTS = 10;
/** Upper bound of the pause before the next, for each round so far. Unit: ms. */
const PAUSE = 10;

/**
 * The primary of a database. Nothing in it depends on who had a connection before: it may be a pooler's. Whoever holds a
 * transaction open and asks for another connection may wait for himself.
 */
export class Database {
  readonly #options: DatabaseOptions;
  readonly #statements: Statements;
  readonly #hosts: Hosts;
  readonly #pool: Pool;
  readonly #leases: Leases;
  readonly #begin: string;
  readonly #forgetting: NodeJS.Timeout;
  #turn = 0;
  #again = 0;
  #settled = 0;

  constructor(settings: PostgresSettings, options: DatabaseOptions) {
    this.#options = options;
    const { schema, deadline, applicationName = 'scim-connector' } = options;
    this.#statements = new Statements(schema);
    this.#hosts = new Hosts(targetOf(settings, applicationName), schema);
    this.#pool = new Pool(this.#hosts, { size: settings.pool_size, patience: deadline });
    this.#leases = new Leases(this.#pool, deadline);
    this.#forgetting = setInterval(() => this.#forget(), FORGET_EVERY).unref();
    this.#begin = [
      'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE',
      `SET LOCAL ${NO_JIT}`,
      `SET LOCAL statement_timeout = ${deadline}`,
      `SET LOCAL lock_timeout = ${Math.ceil(deadline / 2)}`,
      // Whoever has locks and is heard of no more gives them back.
      `SET LOCAL idle_in_transaction_session_timeout = ${Math.max(2 * deadline, LEAST_IDLE)}`,
    ].join('; ');
  }

  /** @throws unavailable */
  async open(): Promise<void> {
    await this.ping();
  }

  /** What is under way is finished first. Safe to call twice. */
  async close(): Promise<void> {
    clearInterval(this.#forgetting);
    this.#pool.close();
    await this.#leases.ended();
  }

  /** @throws unavailable */
  async ping(): Promise<void> {
    await this.rows({ signal: AbortSignal.timeout(this.#options.deadline) }, 'SELECT 1');
  }

  get standing(): Standing {
    const { opened, lost, standing } = this.#pool;
    return { ...standing, opened, lost, again: this.#again, settled: this.#settled };
  }

  /** Commits can be looked up from now on: the schema has the table for it. */
  settles(): void {
    this.#hosts.settles = true;
  }

  /** One statement with a snapshot of its own. What only reads is asked again where a connection was lost. @throws unavailable */
  async rows<T extends readonly unknown[]>(caller: Caller, text: string, ...params: readonly unknown[]): Promise<T[]> {
    const statement = this.#statements.of(text);
    if (!statement.reads) return this.#transact(caller, (session) => session.rows<T>(text, ...params), true);
    return (await this.#leases.read(caller, statement.text, params)).rows as T[];
  }

  /** @returns how many rows were changed @throws unavailable */
  async run(caller: Caller, text: string, ...params: readonly unknown[]): Promise<number> {
    const statement = this.#statements.of(text);
    if (!statement.reads) return this.#transact(caller, (session) => session.run(text, ...params), true);
    return (await this.#leases.read(caller, statement.text, params)).rowCount ?? 0;
  }

  /**
   * Runs `work` in one transaction, and from its beginning once more where another transaction was in the way or the connection
   * was lost. It is done once and no more, also where the answer to its commit was lost.
   * @throws what `work` throws, then nothing of it was done; unavailable
   */
  transaction<T>(caller: Caller, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#transact(caller, work, false);
  }

  #forget(): void {
    if (!this.#hosts.settles) return;
    const signal = AbortSignal.timeout(this.#options.deadline);
    // The next time will do.
    this.run({ signal }, FORGET).catch(() => undefined);
  }

  async #transact<T>(caller: Caller, work: (session: Session) => Promise<T>, together: boolean): Promise<T> {
    const begin = together ? 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE' : this.#begin;
    const attempt = (): Promise<T> =>
      this.#leases.lend(caller, (connection) => {
        const turn = this.#hosts.settles ? ++this.#turn : undefined;
        return new Transaction({ connection, statements: this.#statements, work, together, turn, begin });
      });
    for (let round = 1; ; round += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof CommitUnanswered) {
          const found = await this.#settle(caller, error);
          if (found) return found.value as T;
        } else if (!isContention(error)) throw asUnavailable(error) ?? error;
        if (round >= ATTEMPTS || caller.signal.aborted) throw asUnavailable(error) ?? error;
        this.#again += 1;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE * round));
      }
    }
  }

  /** @returns nothing where it was not committed, and never will be @throws unavailable  nobody can tell */
  async #settle(caller: Caller, lost: CommitUnanswered): Promise<{ readonly value: unknown } | undefined> {
    const { connection, turn, result } = lost;
    const unknown = (cause: unknown) =>
      unavailable(
        'postgres-commit-unanswered',
        'the connection to the database was lost while a change was committed; it may have been made all the same',
        { cause, retryAfter: 5 },
      );
    if (turn === undefined) throw unknown(lost);
    let found: unknown;
    try {
      const { rows } = await this.#leases.insist(caller, SETTLE, [connection, turn], this.#statements);
      [[found]] = rows as [[unknown]];
    } catch (error) {
      throw unknown(error);
    }
    if (found !== turn) return undefined;
    if (result.status === 'rejected') throw unknown(result.reason);
    this.#settled += 1;
    this.#options.log?.warn('PostgreSQL: the answer to a commit was lost; it was made, as the database says now');
    return { value: result.value };
  }
}
