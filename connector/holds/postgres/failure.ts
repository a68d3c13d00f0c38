import { sqlState } from '../../postgres/postgres-errors.ts';
import { ScimError } from '../../scim/error.ts';
import { RETRY_AFTER } from '../hold-text.ts';

/** What the server says of a statement (PostgreSQL, appendix A), and what helps. */
const WORDS: Readonly<Record<string, string>> = {
  '42501': 'its role may not use the tables of holds; grant it what check --print-grants prints',
  '42P01': 'tables of holds are missing; start the connector again, which makes them',
  '42703': 'its tables are of another version; upgrade this connector',
};

/** @returns what is wrong, in the operator's words. What the server says itself is in the log, as the cause. */
export function wordsFor(error: unknown): string {
  if (error instanceof ScimError) return error.message.replace(/^PostgreSQL: /, '');
  if (error instanceof Error && error.name === 'AbortError') return 'no answer in time';
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const state = sqlState(error);
  const told = state === undefined ? 'it failed' : `it refused a statement (SQLSTATE ${state})`;
  return WORDS[state ?? ''] ?? `${told}; the log says more`;
}

/** What a write is answered that cannot be counted, as nobody can say whether its app is held. */
export function notCounted(cause: unknown): ScimError {
  return new ScimError(
    'unavailable',
    // Okta shows 200 characters.
    `this change must be counted first, in the database of state = "postgres": ${wordsFor(cause)}`,
    { fault: 'holds-not-counted', retryAfter: RETRY_AFTER, cause },
  );
}
