import type { Connection } from './connection.ts';
import { isLoss } from './postgres-errors.ts';
import { ConnectionSession, type Session } from './session.ts';
import { MARK } from './settlement.ts';
import type { Statements } from './statement.ts';

/** The answer to a commit was lost. `turn` is absent where nothing is kept by which it could be looked up. */
export class CommitUnanswered extends Error {
  override readonly name = 'CommitUnanswered';
  readonly connection: string;
  readonly turn: number | undefined;
  /** What was asked before it, as far as that was answered. */
  readonly result: PromiseSettledResult<unknown>;

  constructor(connection: string, turn: number | undefined, result: PromiseSettledResult<unknown>, cause: unknown) {
    super('the answer to a commit was lost', { cause });
    this.connection = connection;
    this.turn = turn;
    this.result = result;
  }
}

export interface TransactionOptions<T> {
  readonly connection: Connection;
  readonly statements: Statements;
  readonly work: (session: Session) => Promise<T>;
  /** `work` asks all that it asks at once, and what follows depends on none of it: then the commit travels with it. */
  readonly together: boolean;
  /** Absent where there is no row to write it to (settlement.ts). */
  readonly turn: number | undefined;
  readonly begin: string;
}

/** One transaction on one connection. */
export class Transaction<T> {
  readonly #options: TransactionOptions<T>;
  readonly #session: ConnectionSession;
  /** The last thing that was asked is to commit it. */
  isCommitting = false;

  constructor(options: TransactionOptions<T>) {
    this.#options = options;
    this.#session = new ConnectionSession(options.connection, options.statements);
  }

  /** @throws what `work` throws, or the server, then nothing of it was done; CommitUnanswered */
  async run(): Promise<T> {
    const { connection, work, together, begin } = this.#options;
    const begun = quiet(connection.ask(begin));
    const working = quiet(work(this.#session));
    if (together) return this.#commitWith(working, begun);
    let result: T;
    try {
      result = await working;
      await begun;
    } catch (error) {
      await this.#rollBack();
      // Where it has not begun, that is why.
      await begun;
      throw error;
    }
    await this.#commit(Promise.resolve(result));
    return result;
  }

  /** No statement of `work` reaches the connection any more. */
  end(): void {
    this.#session.end();
  }

  async #commitWith(working: Promise<T>, begun: Promise<unknown>): Promise<T> {
    const committing = quiet(this.#commit(working));
    const [start, commit, result] = await Promise.allSettled([begun, committing, working]);
    if (start.status === 'rejected' && !isLoss(start.reason)) throw start.reason;
    if (commit.status === 'rejected' && commit.reason instanceof CommitUnanswered) throw commit.reason;
    if (result.status === 'rejected') throw result.reason;
    if (commit.status === 'rejected') throw commit.reason;
    return result.value;
  }

  async #commit(working: Promise<T>): Promise<void> {
    const { connection, statements, turn } = this.#options;
    const session = this.#session;
    session.end();
    const isKept = session.writes && turn !== undefined;
    const marked = isKept ? connection.ask(statements.of(MARK).text, [connection.name, turn]) : undefined;
    marked?.catch((error: unknown) => {
      session.failure ??= error;
    });
    this.isCommitting = true;
    try {
      const { command } = await connection.ask('COMMIT');
      // So does the server end a transaction in which something failed, whoever has overlooked it.
      if (command !== 'COMMIT') throw session.failure ?? new Error('the transaction was rolled back');
    } catch (error) {
      if (!session.writes || !(connection.isLost || isLoss(error))) throw error;
      const [result] = await Promise.allSettled([working]);
      throw new CommitUnanswered(connection.name, marked && turn, result, error);
    }
  }

  async #rollBack(): Promise<void> {
    this.#session.end();
    const { connection } = this.#options;
    if (connection.isLost) return;
    try {
      await connection.ask('ROLLBACK');
    } catch {
      connection.destroy();
    }
  }
}

/** Its failure is told where it is waited for, later. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
