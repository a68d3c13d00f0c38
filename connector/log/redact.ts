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

/** Names whose values are never written, whatever stands before them (`bind_password`, `X-Token`). */
const SECRET_NAME = /(^|[-_.])(password|passphrase|token|secret|authorization|cookie)$/i;

/** Deeper than any line of ours; what lies below is not written at all. */
const MAX_DEPTH = 6;

const isPlain = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);

/** Pino's own redaction takes a list of paths, so a new level of nesting would escape it. */
export function masked(fields: object, depth = 0): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET_NAME.test(name)) copy[name] = '[secret]';
    else if (!isPlain(value)) copy[name] = value;
    else
      copy[name] =
        depth === MAX_DEPTH ? '[…]' : Array.isArray(value) ? value.map(maskedItem(depth)) : masked(value, depth + 1);
  }
  return copy;
}

const maskedItem =
  (depth: number) =>
  (item: unknown): unknown =>
    isPlain(item) && depth < MAX_DEPTH ? masked(item, depth + 1) : item;
