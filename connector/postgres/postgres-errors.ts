import { DatabaseError } from 'pg';
import { ScimError } from '../scim/error.ts';
import type { FaultCode } from '../scim/fault-code.ts';

export const unavailable = (
  fault: FaultCode,
  text: string,
  options?: ErrorOptions & { readonly retryAfter?: number },
): ScimError => new ScimError('unavailable', `PostgreSQL: ${text}`, { ...options, fault });

/** SQLSTATE (PostgreSQL, appendix A), where the server has answered. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined;

/** Another transaction was in the way, and nothing was done: the same once more may well succeed. */
export const isContention = (error: unknown): boolean => ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '');

/** A value that must be unique is there already, or a reference leads nowhere: whoever wrote it knows what that means. */
export const brokenConstraint = (error: unknown): string | undefined =>
  sqlState(error)?.startsWith('23') ? ((error as DatabaseError).constraint ?? '') : undefined;

/** What a failure of the server or of the way to it means to the caller; anything else is a bug, or a broken constraint. */
export function asUnavailable(error: unknown): ScimError | undefined {
  if (error instanceof ScimError) return error.reason === 'unavailable' ? error : undefined;
  const state = sqlState(error);
  if (state === undefined) {
    const text = error instanceof Error ? error.message : String(error);
    return unavailable('database-missing', `the server cannot be reached: ${text}`, { cause: error, retryAfter: 5 });
  }
  if (/^(?:22|23|42)/.test(state)) return undefined;
  return unavailable('database-missing', (error as Error).message, { cause: error, retryAfter: 5 });
}
