import type { Caller, Database, Session } from './database.ts';

/** Who asks after a failure is told of it without another attempt for so long. Unit: ms. */
const REST = 1000;

/**
 * A database that requests wait for: an answer that takes too long is given up, and after a failure nobody waits
 * for the next one at once.
 */
export class BriefDatabase {
  readonly #database: Database;
  readonly #patience: number;
  #failed: { readonly at: number; readonly failure: unknown } | undefined;

  /** @param patience  unit: ms */
  constructor(database: Database, patience: number) {
    this.#database = database;
    this.#patience = patience;
  }

  /** @throws what `Database.rows` throws */
  rows<T extends readonly unknown[]>(caller: Caller, text: string, ...params: readonly unknown[]): Promise<T[]> {
    return this.#ask(caller, (brief) => this.#database.rows<T>(brief, text, ...params));
  }

  /** @throws what `Database.run` throws */
  run(caller: Caller, text: string, ...params: readonly unknown[]): Promise<number> {
    return this.#ask(caller, (brief) => this.#database.run(brief, text, ...params));
  }

  /** @throws what `Database.transaction` throws */
  transaction<T>(caller: Caller, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#ask(caller, (brief) => this.#database.transaction(brief, work));
  }

  async #ask<T>({ signal }: Caller, work: (brief: Caller) => Promise<T>): Promise<T> {
    if (this.#failed && performance.now() - this.#failed.at < REST) throw this.#failed.failure;
    try {
      const result = await work({ signal: AbortSignal.any([signal, AbortSignal.timeout(this.#patience)]) });
      this.#failed = undefined;
      return result;
    } catch (failure) {
      // A client that hangs up says nothing of the database.
      if (!signal.aborted) this.#failed = { at: performance.now(), failure };
      throw failure;
    }
  }
}
