import { DatabaseError } from 'pg';
import { ScimError } from '../scim/error.ts';
import type { FaultCode } from '../scim/fault-code.ts';
import { refusalBy } from './server-refusals.ts';

export const unavailable = (
  fault: FaultCode,
  text: string,
  options?: ErrorOptions & { readonly retryAfter?: number },
): ScimError => new ScimError('unavailable', `PostgreSQL: ${text}`, { ...options, fault });

/** The connection ended before it answered: what was asked may have been done or not. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** SQLSTATE (PostgreSQL, appendix A), where the server has answered. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined;

/** Another transaction was in the way, and nothing was done: the same once more may well succeed. */
export const isContention = (error: unknown): boolean => ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '');

/** A value that must be unique is there already, or a reference leads nowhere: whoever wrote it knows what that means. */
export const brokenConstraint = (error: unknown): string | undefined =>
  sqlState(error)?.startsWith('23') ? ((error as DatabaseError).constraint ?? '') : undefined;

/** The server, or a pooler, ends the connection, and says so at times. */
export const isLoss = (error: unknown): boolean =>
  error instanceof ConnectionLost || /^(?:08|57P0[1235])/.test(sqlState(error) ?? '');

const PASSING: ReadonlySet<string | undefined> = new Set<FaultCode>([
  'postgres-unreachable',
  'postgres-restarting',
  'postgres-read-only',
  'postgres-connections-exhausted',
]);

/** Nobody has to mend anything: trying again in a moment may help. */
export const mayPass = (error: unknown): boolean => error instanceof ScimError && PASSING.has(error.fault);

/** What the server said no to. Its own words stay in `cause`: they may quote values. @param where  in front of the text */
export function refusalOf(error: DatabaseError, where = ''): ScimError {
  const { fault, text, retryAfter } = refusalBy(error, error.code ?? '');
  return unavailable(fault, `${where}${text}`, { cause: error, ...(retryAfter === undefined ? {} : { retryAfter }) });
}

/** Of these only who wrote the statement knows what they mean: a value, a constraint, the statement itself. */
const OF_THE_STATEMENT = /^(?:21|22|23|42)/;

/** What a failure of the server or of the way to it means to the caller; anything else is a bug, or a broken constraint. */
export function asUnavailable(error: unknown): ScimError | undefined {
  if (error instanceof ScimError) return error.reason === 'unavailable' ? error : undefined;
  if (error instanceof ConnectionLost)
    return unavailable('postgres-unreachable', 'the connection to the database was lost; try again', {
      cause: error,
      retryAfter: 2,
    });
  if (!(error instanceof DatabaseError)) return undefined;
  return OF_THE_STATEMENT.test(error.code ?? '') && error.code !== '42501' ? undefined : refusalOf(error);
}
