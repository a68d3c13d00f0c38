import type { Connection } from './connection.ts';
import type { Statements } from './statement.ts';

/** Who waits for what is asked. */
export interface Caller {
  readonly signal: AbortSignal;
}

/** Statements within one transaction. Given one after the other without waiting they travel together, in that order. */
export interface Session {
  /** Rows as arrays; `int8` as numbers, `json` as text. */
  rows<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): Promise<T[]>;
  /** @returns how many rows were changed */
  run(text: string, ...params: readonly unknown[]): Promise<number>;
}

/** `json` and `jsonb`, which whoever reads them parses; `int8`, of which ours are all below 2^53. */
const INT8 = 20;
const AS_TEXT: ReadonlySet<number> = new Set([114, 3802]);

type Parser = (text: string) => unknown;

/** @param fallback  of pg itself */
export const parsersOver = (fallback: (oid: number, format: 'text' | 'binary') => unknown) => ({
  getTypeParser: (oid: number, format: 'text' | 'binary' = 'text'): Parser => {
    if (oid === INT8) return Number;
    return AS_TEXT.has(oid) ? (text) => text : (fallback(oid, format) as Parser);
  },
});

/** One connection within a transaction, until that ends. */
export class ConnectionSession implements Session {
  readonly #connection: Connection;
  readonly #statements: Statements;
  #isOver = false;
  /** Whether anything was asked that may change something. */
  writes = false;
  /** The first statement that failed: from then on there is no transaction to commit. */
  failure: unknown;

  constructor(connection: Connection, statements: Statements) {
    this.#connection = connection;
    this.#statements = statements;
  }

  async rows<T extends readonly unknown[]>(text: string, ...params: readonly unknown[]): Promise<T[]> {
    return (await this.#ask(text, params)).rows as T[];
  }

  async run(text: string, ...params: readonly unknown[]): Promise<number> {
    return (await this.#ask(text, params)).rowCount ?? 0;
  }

  /** The connection is somebody else's from now on. */
  end(): void {
    this.#isOver = true;
  }

  async #ask(text: string, params: readonly unknown[]) {
    if (this.#isOver) throw new Error('the transaction is over');
    const statement = this.#statements.of(text);
    if (!statement.reads) this.writes = true;
    try {
      return await this.#connection.ask(statement.text, params);
    } catch (error) {
      this.failure ??= error;
      throw error;
    }
  }
}
