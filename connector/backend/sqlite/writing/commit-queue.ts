import type { Connection } from '../connection/connection.ts';
import { carryOut, givenUp, type Operation, refuse } from './transaction.ts';

/** Most operations in one transaction: the event loop stands still for some 10 ms and the disk. */
const MAX_BATCH = 128;
/** Turns of the event loop that a transaction waits for more at most. */
const MAX_TURNS = 8;
/** Turns without a further operation after which as many as last time are no longer expected. */
const QUIET_TURNS = 2;
/** Until the lock of another program is tried for again. Unit: ms. */
const RETRY_AFTER = 20;
/** What a passing change of another program may take. Longer, and the client shall come back. Unit: ms. */
const PATIENCE = 3000;

interface Waiting extends Operation {
  readonly since: number;
}

export interface CommitOptions {
  /** Last in each transaction. @throws why nothing may be written */
  readonly finish?: () => void;
  /** How long an operation waits for another program's lock. Unit: ms. */
  readonly patience?: number;
}

/**
 * Group commit: what is asked for at about the same time shares one transaction and its one wait for the disk. A
 * transaction waits a turn of the event loop more as long as operations keep coming, or fewer have come than last time:
 * whoever was answered together asks again together. A lone operation waits for nobody.
 */
export class CommitQueue {
  readonly #connection: Connection;
  readonly #finish: () => void;
  readonly #patience: number;
  #waiting: Waiting[] = [];
  #lastBatch = 1;
  #scheduled = false;
  #pauses = 0;
  readonly #done = { commits: 0, operations: 0, busy: 0 };

  constructor(connection: Connection, { finish = () => undefined, patience = PATIENCE }: CommitOptions = {}) {
    this.#connection = connection;
    this.#finish = finish;
    this.#patience = patience;
  }

  /** Operations that wait; transactions, operations in them and time taken since the start. Unit of `busy`: ms. */
  get standing(): {
    readonly waiting: number;
    readonly commits: number;
    readonly operations: number;
    readonly busy: number;
  } {
    return { waiting: this.#waiting.length, ...this.#done };
  }

  /** Runs `run` in a coming transaction. @throws what it throws, or unavailable: then nothing of it was written */
  add<T>(run: () => T, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const since = performance.now();
      this.#waiting.push({ run, signal, resolve: resolve as (result: unknown) => void, reject, since });
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
    this.#gather(this.#waiting.length, 1, 0);
  }

  #gather(before: number, turns: number, quiet: number): void {
    setImmediate(() => {
      const { length } = this.#waiting;
      const silence = length > before ? 0 : quiet + 1;
      const isMoreExpected = silence === 0 || (length < this.#lastBatch && silence < QUIET_TURNS);
      if (isMoreExpected && length < MAX_BATCH && turns < MAX_TURNS) this.#gather(length, turns + 1, silence);
      else this.#commit();
    });
  }

  #commit(): void {
    let locked: unknown;
    // All may have left while another program had the lock, and the file be closed since.
    if (this.#pauses === 0 && this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      this.#lastBatch = batch.length;
      const started = performance.now();
      locked = carryOut(this.#connection, batch, this.#finish);
      if (locked !== undefined) this.#waiting = [...batch, ...this.#waiting];
      else if (batch.length > 0) this.#count(batch.length, performance.now() - started);
    }
    if (locked === undefined) {
      this.#scheduled = false;
      this.#schedule();
    } else {
      // SQLite's own waiting would stop the whole process.
      this.#dismiss(locked);
      setTimeout(() => this.#commit(), RETRY_AFTER);
    }
  }

  #count(operations: number, busy: number): void {
    this.#done.commits += 1;
    this.#done.operations += operations;
    this.#done.busy += busy;
  }

  /** Those that have waited long enough for another program, and those whose callers have left. */
  #dismiss(locked: unknown): void {
    const latest = performance.now() - this.#patience;
    const isTired = ({ since }: Waiting): boolean => since <= latest;
    refuse(this.#waiting.filter(isTired), locked);
    for (const { signal, reject } of this.#waiting) if (signal.aborted) reject(givenUp());
    this.#waiting = this.#waiting.filter((one) => !isTired(one) && !one.signal.aborted);
  }
}
