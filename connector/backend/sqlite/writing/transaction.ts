import type { Connection } from '../connection/connection.ts';
import { asUnavailable, isLocked, unavailable } from '../connection/sqlite-errors.ts';

/** One change that somebody waits for. */
export interface Operation {
  readonly run: () => unknown;
  readonly signal: AbortSignal;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export const givenUp = (): Error =>
  unavailable('client-gone', 'the request was given up before it was carried out; nothing was changed');

/**
 * Carries out operations in one transaction, each in a savepoint of its own: one that fails takes nothing of the others
 * with it, and none is answered before the disk has it.
 * @param finish  last before the commit. @throws why nothing may be written
 * @returns the failure when another program holds the lock of those who write: nothing was begun, nobody was answered
 */
export function carryOut(connection: Connection, batch: readonly Operation[], finish: () => void): unknown {
  // What a savepoint may have to undo stays in memory: SQLite puts it into a file otherwise, and from then on each page of
  // each savepoint, more than is written in all. For this alone, since sorting everybody must not take memory.
  try {
    connection.pragma('temp_store = MEMORY');
  } catch (error) {
    refuse(batch, error);
    return undefined;
  }
  try {
    return inTransaction(connection, batch, finish);
  } finally {
    connection.pragma('temp_store = DEFAULT');
  }
}

function inTransaction(connection: Connection, batch: readonly Operation[], finish: () => void): unknown {
  let results: readonly PromiseSettledResult<unknown>[];
  try {
    connection.run('BEGIN IMMEDIATE');
  } catch (error) {
    if (isLocked(error)) return error;
    refuse(batch, error);
    return undefined;
  }
  try {
    results = batch.map((operation) => attempt(connection, operation));
    finish();
    connection.run('COMMIT');
  } catch (error) {
    refuse(batch, rollBack(connection) ?? error);
    return undefined;
  }
  for (const [index, { resolve, reject }] of batch.entries()) {
    const result = results[index];
    if (result?.status === 'fulfilled') resolve(result.value);
    else reject(result?.reason);
  }
  return undefined;
}

export function refuse(batch: readonly Operation[], error: unknown): void {
  const reason = asUnavailable(error) ?? error;
  for (const { reject } of batch) reject(reason);
}

/** @throws when the store itself fails: SQLite may have undone the whole transaction by then */
function attempt(connection: Connection, { run, signal }: Operation): PromiseSettledResult<unknown> {
  if (signal.aborted) return { status: 'rejected', reason: givenUp() };
  connection.run('SAVEPOINT operation');
  try {
    const value = run();
    connection.run('RELEASE operation');
    return { status: 'fulfilled', value };
  } catch (reason) {
    if (asUnavailable(reason)) throw reason;
    connection.run('ROLLBACK TO operation');
    connection.run('RELEASE operation');
    return { status: 'rejected', reason };
  }
}

function rollBack({ db }: Connection): unknown {
  try {
    if (db.inTransaction) db.exec('ROLLBACK');
    return undefined;
  } catch (error) {
    return error;
  }
}
