/**
 * Failures as log lines show them. The text of an unknown error may quote what a person or Okta sent (a JSON parser
 * quotes the body), so it is written only when the operator asked for detail; where it happened is always written.
 */

/** Errors of the system and of SQLite name files, hosts and columns, never values. */
const HARMLESS = /^(E[A-Z0-9]{2,}|SQLITE_[A-Z_]+)$/;

interface Failure extends Error {
  readonly code?: unknown;
  readonly reason?: unknown;
}

const frames = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

function describe(error: Failure, detailed: boolean, depth: number): object {
  const { name, code, reason, cause, message } = error;
  const shown = detailed || (typeof code === 'string' && HARMLESS.test(code));
  return {
    type: name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(shown ? { message } : {}),
    stack: frames(error),
    // A cause may be its own cause.
    ...(cause instanceof Error && depth < 5 ? { cause: describe(cause, detailed, depth + 1) } : {}),
  };
}

export const describeError =
  (detailed: () => boolean) =>
  (error: unknown): unknown =>
    error instanceof Error ? describe(error, detailed(), 0) : { type: typeof error };
