import type { Connection } from '../connection/connection.ts';
import { asUnavailable, unavailable } from '../connection/sqlite-errors.ts';

interface Operation {
  readonly run: () => unknown;
  readonly signal: AbortSignal;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Most operations in one transaction: bounds how long the event loop stands still. */
const MAX_BATCH = 256;

/**
 * Group commit: what is asked for in the same turn of the event loop shares one transaction and its one wait for
 * the disk. Each operation has its own savepoint, so one that fails takes nothing of the others with it, and
 * none is answered before the disk has it.
 */
export class CommitQueue {
  readonly #connection: Connection;
  readonly #waiting: Operation[] = [];
  #scheduled = false;
  #pauses = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Runs `run` in a coming transaction. @throws what it throws, or unavailable: then nothing of it was written */
  add<T>(run: () => T, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ run, signal, resolve: resolve as (result: unknown) => void, reject });
      this.#schedule();
    });
  }

  /** Lets another connection write; what is asked for meanwhile waits. */
  async paused<T>(work: () => Promise<T>): Promise<T> {
    this.#pauses += 1;
    try {
      return await work();
    } finally {
      this.#pauses -= 1;
      this.#schedule();
    }
  }

  #schedule(): void {
    if (this.#scheduled || this.#pauses > 0 || this.#waiting.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#pauses === 0) this.#commit(this.#waiting.splice(0, MAX_BATCH));
      this.#schedule();
    });
  }

  #commit(batch: readonly Operation[]): void {
    const { db } = this.#connection;
    let results: readonly PromiseSettledResult<unknown>[];
    try {
      db.exec('BEGIN IMMEDIATE');
      results = batch.map((operation) => this.#attempt(operation));
      db.exec('COMMIT');
    } catch (error) {
      const reason = this.#rollBack() ?? asUnavailable(error) ?? error;
      for (const { reject } of batch) reject(reason);
      return;
    }
    for (const [index, { resolve, reject }] of batch.entries()) {
      const result = results[index];
      if (result?.status === 'fulfilled') resolve(result.value);
      else reject(result?.reason);
    }
  }

  /** @throws when the store itself fails: SQLite may have undone the whole transaction by then */
  #attempt({ run, signal }: Operation): PromiseSettledResult<unknown> {
    if (signal.aborted) {
      const reason = unavailable('the request was given up before it was carried out; nothing was changed');
      return { status: 'rejected', reason };
    }
    this.#connection.run('SAVEPOINT operation');
    try {
      const value = run();
      this.#connection.run('RELEASE operation');
      return { status: 'fulfilled', value };
    } catch (reason) {
      if (asUnavailable(reason)) throw reason;
      this.#connection.run('ROLLBACK TO operation');
      this.#connection.run('RELEASE operation');
      return { status: 'rejected', reason };
    }
  }

  #rollBack(): unknown {
    try {
      if (this.#connection.db.inTransaction) this.#connection.db.exec('ROLLBACK');
      return undefined;
    } catch (error) {
      return asUnavailable(error) ?? error;
    }
  }
}
