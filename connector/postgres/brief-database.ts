import { ScimError } from '../scim/error.ts';
import type { Caller, Database, Session } from './database.ts';

const isAway = (failure: unknown): boolean =>
  (failure instanceof ScimError && failure.reason === 'unavailable') ||
  (failure instanceof Error && failure.name === 'TimeoutError');

interface Absence {
  readonly failure: unknown;
  /** When it was last tried. Unit: ms. */
  tried: number;
  isTrying: boolean;
}

/** Between two looks whether a database that was away is back. Unit: ms. */
const REST = 1000;

/**
 * A database that requests wait for: an answer that takes too long is given up, and while the database is away nobody
 * waits for it. Whoever asks then is refused at once, and has it looked at whether it is back.
 */
export class BriefDatabase {
  readonly #database: Database;
  readonly #patience: number;
  #away: Absence | undefined;

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
    if (this.#away) {
      void this.#look(this.#away);
      throw this.#away.failure;
    }
    try {
      return await work({ signal: AbortSignal.any([signal, AbortSignal.timeout(this.#patience)]) });
    } catch (failure) {
      // A client that hangs up says nothing of the database, nor does what is wrong with one statement.
      if (!signal.aborted && isAway(failure)) this.#away ??= { failure, tried: performance.now(), isTrying: false };
      throw failure;
    }
  }

  async #look(away: Absence): Promise<void> {
    if (away.isTrying || performance.now() - away.tried < REST) return;
    away.isTrying = true;
    try {
      await this.#database.rows({ signal: AbortSignal.timeout(this.#patience) }, 'SELECT 1');
      this.#away = undefined;
    } catch {
      away.tried = performance.now();
      away.isTrying = false;
    }
  }
}
