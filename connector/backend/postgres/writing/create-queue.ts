import type { Database } from '../../../postgres/database.ts';
import { asUnavailable, unavailable } from '../../../postgres/postgres-errors.ts';
import type { Trail } from '../../trail.ts';
import type { Row } from '../row/row.ts';
import type { BlockCounts } from './block-counts.ts';
import { INSERT, type Inserted, type InsertedRow } from './insert-statement.ts';
import { madeOf, type NewResource } from './new-resource.ts';
import type { TableOutbox } from './table-outbox.ts';

/** Most resources in one statement, and most text. Unit of the second: characters. */
const MAX_BATCH = 128;
const MAX_TEXT = 4 * 1024 * 1024;
/** Turns of the event loop that a statement waits for more at most, and without a further one. */
const MAX_TURNS = 8;
const QUIET_TURNS = 2;
/**
 * Statements at a time: while the server carries out one, the next is put together and sent. A further one goes beside those
 * that take long. Unit of the last: ms.
 */
const MOST_AT_ONCE = 3;
const USUALLY = 2;
const SLOW = 25;

interface Waiting {
  readonly created: NewResource;
  readonly signal: AbortSignal;
  readonly trail: Trail | undefined;
  readonly resolve: (row: Row) => void;
  readonly reject: (reason: unknown) => void;
  isSent: boolean;
}

interface Told {
  readonly one: Waiting;
  readonly row: InsertedRow;
}

/**
 * What is asked for at about the same time is inserted by one statement, and shares its wait for the disk: whoever was
 * answered together asks again together. A lone one waits for nobody.
 */
export class CreateQueue {
  readonly #database: Database;
  readonly #outbox: TableOutbox;
  readonly #counts: BlockCounts;
  readonly #deadline: number;
  #waiting: Waiting[] = [];
  #lastBatch = 1;
  #isGathering = false;
  #running = 0;
  #slow = 0;
  readonly #done = { statements: 0, operations: 0, busy: 0 };

  /** @param deadline  longest that a statement may take. Unit: ms. */
  constructor(database: Database, outbox: TableOutbox, counts: BlockCounts, deadline: number) {
    this.#database = database;
    this.#outbox = outbox;
    this.#counts = counts;
    this.#deadline = deadline;
  }

  /** Who waits; statements, resources in them and time taken since the start. Unit of `busy`: ms. */
  get standing(): {
    readonly waiting: number;
    readonly statements: number;
    readonly operations: number;
    readonly busy: number;
  } {
    return { waiting: this.#waiting.length, ...this.#done };
  }

  /** @throws uniqueness, invalidValue, unavailable */
  add(created: NewResource, signal: AbortSignal, trail: Trail | undefined): Promise<Row> {
    if (signal.aborted) return Promise.reject(givenUp());
    const { promise, resolve, reject } = Promise.withResolvers<Row>();
    const one: Waiting = { created, signal, trail, resolve, reject, isSent: false };
    // Who leaves while the statement runs cannot know what becomes of it.
    const leave = (): void => reject(one.isSent ? tooSlow() : givenUp());
    signal.addEventListener('abort', leave, { once: true });
    this.#waiting.push(one);
    this.#schedule();
    return promise.finally(() => signal.removeEventListener('abort', leave));
  }

  #schedule(): void {
    if (this.#isGathering || this.#waiting.length === 0) return;
    if (this.#running >= MOST_AT_ONCE || this.#running >= this.#slow + USUALLY) return;
    this.#isGathering = true;
    this.#gather(this.#waiting.length, 1, 0);
  }

  #gather(before: number, turns: number, quiet: number): void {
    setImmediate(() => {
      const { length } = this.#waiting;
      const silence = length > before ? 0 : quiet + 1;
      const isMoreExpected = silence === 0 || (length < this.#lastBatch && silence < QUIET_TURNS);
      if (isMoreExpected && length < MAX_BATCH && turns < MAX_TURNS) this.#gather(length, turns + 1, silence);
      else {
        this.#isGathering = false;
        void this.#send(this.#take());
        this.#schedule();
      }
    });
  }

  #take(): readonly Waiting[] {
    let text = 0;
    let count = 0;
    for (const { created } of this.#waiting) {
      text += created.row.doc.length + created.row.folded.length;
      if (count === MAX_BATCH || (count > 0 && text > MAX_TEXT)) break;
      count += 1;
    }
    const batch = this.#waiting.splice(0, count);
    this.#lastBatch = batch.length;
    const staying = batch.filter(({ signal }) => !signal.aborted);
    for (const one of staying) one.isSent = true;
    return staying;
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    this.#running += 1;
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      this.#slow += 1;
      this.#schedule();
    }, SLOW);
    const started = performance.now();
    await this.#insert(batch);
    clearTimeout(timer);
    this.#running -= 1;
    if (isSlow) this.#slow -= 1;
    this.#counts.changed();
    this.#done.operations += batch.length;
    this.#done.busy += performance.now() - started;
    this.#schedule();
  }

  /** Answers everybody. Never throws. */
  async #insert(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#outbox.ready();
      const told = batch.flatMap((one) => this.#told(one));
      if (told.length > 0) await this.#write(told);
    } catch (error) {
      refuse(batch, error);
    }
  }

  async #write(told: readonly Told[]): Promise<void> {
    const batch = told.map(({ one }) => one);
    const rows = told.map(({ row }, n) => ({ n, ...row }));
    try {
      answer(batch, await this.#inserted(rows));
    } catch (error) {
      // One that the database will not have must not take the others with it.
      if (batch.length > 1 && !asUnavailable(error)) for (const one of told) await this.#write([one]);
      else refuse(batch, error);
    }
  }

  /** With the record of it, which is told before it is so. */
  #told(one: Waiting): readonly Told[] {
    const { created, trail } = one;
    try {
      const item = trail && this.#outbox.record(trail, created.change);
      return [{ one, row: { ...created.row, ...(item ? { place: item.seq, record: item.text } : {}) } }];
    } catch (error) {
      refuse([one], error);
      return [];
    }
  }

  async #inserted(rows: readonly object[]): Promise<readonly Inserted[]> {
    const sweep = this.#outbox.claim();
    const { node } = this.#outbox;
    const caller = { signal: AbortSignal.timeout(this.#deadline) };
    this.#done.statements += 1;
    try {
      const text = JSON.stringify(rows);
      return await this.#database.rows<Inserted>(caller, INSERT, text, node, sweep.after, sweep.upTo ?? null);
    } catch (error) {
      sweep.giveBack();
      throw error;
    }
  }
}

const givenUp = (): Error =>
  unavailable('client-gone', 'the request was given up before it was carried out; nothing was changed');

const tooSlow = (): Error =>
  unavailable('too-slow', 'no answer in time; whether it was made is not known', { retryAfter: 5 });

function refuse(batch: readonly Waiting[], error: unknown): void {
  for (const { trail, reject } of batch) {
    trail?.undone();
    reject(asUnavailable(error) ?? error);
  }
}

function answer(batch: readonly Waiting[], rows: readonly Inserted[]): void {
  for (const inserted of rows) {
    const one = batch[inserted[0]];
    if (!one) continue;
    try {
      one.resolve(madeOf(one.created, inserted));
    } catch (error) {
      one.trail?.undone();
      one.reject(error);
    }
  }
}
