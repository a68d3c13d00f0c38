import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Connection } from './connection.ts';
import { withinLimits } from './limits.ts';
import { NO_JIT } from './no-jit.ts';
import type { Pool } from './pool.ts';
import { asUnavailable, isLoss, sqlState } from './postgres-errors.ts';
import type { Caller } from './session.ts';
import type { Statements } from './statement.ts';
import { CommitUnanswered, type Transaction } from './transaction.ts';

/** Connections that one piece of work may lose. */
const LOSSES = 4;
/** Before the next is asked for. Unit: ms. */
const BREATH = 50;
/** A statement that was told to stop has this long to do so; a commit that nobody waits for has longer. Unit: ms. */
const TO_STOP = 1000;
const TO_COMMIT = 10_000;

/** Refused on a standby, which a pooler may come to lead to. */
const GUARD = `BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL ${NO_JIT}`;

/** What is done on one connection. */
type Work<T> = Pick<Transaction<T>, 'run' | 'end' | 'isCommitting'>;

/** The server is none that may be relied on: another is to be found. */
const isStandby = (error: unknown): boolean => ['25006', '0A000'].includes(sqlState(error) ?? '');

/** Lends connections to work, and takes them back in any case. */
export class Leases {
  readonly #pool: Pool;
  readonly #limit: number;
  readonly #running = new Set<Promise<unknown>>();

  /** @param limit  longest that a statement may run. Unit: ms. */
  constructor(pool: Pool, limit: number) {
    this.#pool = pool;
    this.#limit = limit;
  }

  /** What was lent is given back. */
  async ended(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** A statement that may be asked more than once. @throws unavailable, what the server has against the statement */
  async read(caller: Caller, text: string, params: readonly unknown[]): Promise<Answer> {
    try {
      return await this.#asOftenAsNeeded(caller, (connection) => ({
        run: () => readOn(connection, text, params),
        end: () => undefined,
        isCommitting: false,
      }));
    } catch (error) {
      throw asUnavailable(error) ?? error;
    }
  }

  /** A change that may be made more than once, and must not be stopped half way. */
  insist(caller: Caller, text: string, params: readonly unknown[], statements: Statements): Promise<Answer> {
    return this.#asOftenAsNeeded(caller, (connection) => ({
      run: () => connection.ask(statements.of(text).text, params),
      end: () => undefined,
      isCommitting: true,
    }));
  }

  /** From its beginning where a connection was lost before it was committed. @throws as `Transaction.run` */
  lend<T>(caller: Caller, make: (connection: Connection) => Work<T>): Promise<T> {
    return this.#asOftenAsNeeded(caller, make);
  }

  async #asOftenAsNeeded<T>({ signal }: Caller, make: (connection: Connection) => Work<T>): Promise<T> {
    for (let losses = 1; ; losses += 1) {
      const connection = await this.#pool.take(signal);
      try {
        return await this.#lend(connection, signal, make(connection));
      } catch (error) {
        const isLost = isLoss(error) || isStandby(error);
        if (isLost || error instanceof CommitUnanswered) {
          connection.destroy();
          this.#pool.suspect();
        }
        if (!isLost) throw error;
        if (losses >= LOSSES || signal.aborted) throw asUnavailable(error) ?? error;
        await pause(BREATH * losses);
      }
    }
  }

  async #lend<T>(connection: Connection, signal: AbortSignal, work: Work<T>): Promise<T> {
    const running = work.run();
    this.#running.add(running);
    try {
      const result = await withinLimits(connection, signal, this.#limit, () => running);
      this.#pool.give(connection);
      return result;
    } catch (error) {
      work.end();
      if (connection.isClean) this.#pool.give(connection);
      else void this.#takeBack(connection, running, work.isCommitting);
      throw error;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Nobody waits for it any more. What is being committed is let go on, all else is told to stop. */
  async #takeBack(connection: Connection, running: Promise<unknown>, isCommitting: boolean): Promise<void> {
    const goesOn = isCommitting && connection.missing === 1;
    const late = setTimeout(() => connection.destroy(), goesOn ? TO_COMMIT : TO_STOP);
    try {
      if (!goesOn && connection.missing > 0) await connection.cancel();
      await running.catch(() => undefined);
      if (!connection.isLost && !connection.isClean) await connection.ask('ROLLBACK');
    } catch {
      connection.destroy();
    } finally {
      clearTimeout(late);
      this.#pool.give(connection);
    }
  }
}

/** In one round trip. Behind a pooler, which may lead to another server by now, only where that takes changes. */
async function readOn(connection: Connection, text: string, params: readonly unknown[]): Promise<Answer> {
  if (!connection.isPooled) return connection.ask(text, params);
  const [begun, answer, ended] = await Promise.allSettled([
    connection.ask(GUARD),
    connection.ask(text, params),
    connection.ask('COMMIT'),
  ]);
  for (const one of [begun, answer, ended]) if (one.status === 'rejected') throw one.reason;
  return (answer as PromiseFulfilledResult<Answer>).value;
}
