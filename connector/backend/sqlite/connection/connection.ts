import { toNamespacedPath } from 'node:path';
import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { parseDateTime } from '../../../scim/date-time.ts';
import { fold, nameKey } from '../../../scim/text.ts';

export type OnRun = (text: string, values: readonly unknown[]) => void;

export interface ConnectionOptions {
  readonly readonly?: boolean;
  /** How long a statement waits for another program's lock, and the server with it. Unit: ms. */
  readonly timeout?: number;
  /** Is told of each statement that changes something, with its values, before it runs. */
  readonly onRun?: OnRun | undefined;
}

export type Statement = Database.Statement<unknown[], unknown>;
export type { Database };

/** Most texts kept prepared: those of the program itself are few, filters are as many as clients write. */
const MAX_STATEMENTS = 200;
const MAX_TEXT = 4096;

/** Ends a statement in its midst: its time is up. */
class TimeIsUp extends Error {}

/** One connection to a database file, with prepared statements kept by their text. */
export class Connection {
  readonly db: Database.Database;
  readonly #onRun: OnRun | undefined;
  /** When a statement that asks `in_time()` ends. Unit: ms, as `performance.now` counts. */
  #end = Number.POSITIVE_INFINITY;
  readonly #statements = new LRUCache<string, Statement>({ max: MAX_STATEMENTS });

  constructor(file: string, { readonly = false, timeout = 1000, onRun }: ConnectionOptions = {}) {
    // Windows would take no more than 260 characters; elsewhere it stays as it is.
    this.db = new Database(toNamespacedPath(file), { readonly, timeout });
    this.#onRun = onRun;
    // SQLite's own lower() is ASCII only, and its datetime() reads other forms than xsd:dateTime.
    this.#function('fold', (value) => (typeof value === 'string' ? fold(value) : null));
    this.#function('name_key', (value) => (typeof value === 'string' ? nameKey(value) : null));
    this.#function('ends_with', (text, end) => (typeof text === 'string' ? Number(text.endsWith(String(end))) : null));
    this.#function('instant', (value) => parseDateTime(String(value)) ?? null);
    // Not deterministic: to be asked for every row.
    this.db.function('in_time', { deterministic: false }, () => {
      if (performance.now() > this.#end) throw new TimeIsUp();
      return 1;
    });
  }

  /**
   * What `work` comes to, or nothing where its statements, which ask `in_time()` of each row, take longer.
   * @param patience  unit: ms
   */
  inTime<T>(patience: number, work: () => T): T | undefined {
    this.#end = performance.now() + patience;
    try {
      return work();
    } catch (error) {
      if (error instanceof TimeIsUp) return undefined;
      throw error;
    } finally {
      this.#end = Number.POSITIVE_INFINITY;
    }
  }

  /** The statement of `text`, giving rows as arrays. */
  prepare(text: string): Statement {
    const kept = this.#statements.get(text);
    if (kept) return kept;
    const statement = this.db.prepare(text);
    if (statement.reader) statement.raw(true);
    if (text.length <= MAX_TEXT) this.#statements.set(text, statement);
    return statement;
  }

  run(text: string, ...params: readonly unknown[]): Database.RunResult {
    this.#onRun?.(text, params);
    return this.prepare(text).run(...params);
  }

  row<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): T | undefined {
    return this.prepare(text).get(...params) as T | undefined;
  }

  rows<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): T[] {
    return this.prepare(text).all(...params) as T[];
  }

  /** One row at a time; the connection runs nothing else until the last one. */
  iterate<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): IterableIterator<T> {
    return this.prepare(text).iterate(...params) as IterableIterator<T>;
  }

  pragma(text: string): unknown {
    return this.db.pragma(text, { simple: true });
  }

  close(): void {
    this.#statements.clear();
    this.db.close();
  }

  #function(name: string, body: (...values: unknown[]) => unknown): void {
    this.db.function(name, { deterministic: true }, body);
  }
}
