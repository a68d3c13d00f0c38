/**
 * Failures as log lines show them. The text of an unknown error may quote what a person or Okta sent (a JSON parser
 * quotes the body), so it is written only when the operator asked for detail. Where it happened is written of what
 * nobody foresaw, and of nothing else: a refused bind or a full disk is mended from its text.
 */

/** Errors of the system and of SQLite name files, hosts and columns, never values. */
const HARMLESS = /^(E[A-Z0-9]{2,}|SQLITE_[A-Z_]+)$/;
/** Those that happen to a program without a fault in it. */
const ORDINARY =
  /^(E[A-Z0-9]{2,}|SQLITE_(AUTH|BUSY|CANTOPEN|CORRUPT|FULL|IOERR|LOCKED|NOMEM|NOTADB|PERM|PROTOCOL|READONLY)(_[A-Z]+)*)$/;

interface Failure extends Error {
  readonly code?: unknown;
  readonly reason?: unknown;
  /** What a failure that was foreseen says of itself: fit for every line. */
  readonly logged?: unknown;
}

const frames = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

const isOrdinary = ({ code, reason, logged }: Failure): boolean =>
  typeof logged === 'object' || typeof reason === 'string' || (typeof code === 'string' && ORDINARY.test(code));

/** @param foreseen  by whoever made it the cause of an error of ours */
function describe(error: Failure, detailed: boolean, depth: number, foreseen: boolean): object {
  const { name, code, reason, cause, message, logged } = error;
  const shown = detailed || (typeof code === 'string' && HARMLESS.test(code));
  const ordinary = foreseen || isOrdinary(error);
  return {
    type: name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(shown ? { message } : {}),
    ...(typeof logged === 'object' ? logged : {}),
    ...(ordinary ? {} : { stack: frames(error) }),
    // A cause may be its own cause.
    ...(cause instanceof Error && depth < 5 ? { cause: describe(cause, detailed, depth + 1, ordinary) } : {}),
  };
}

export const describeError =
  (detailed: () => boolean) =>
  (error: unknown): unknown =>
    error instanceof Error ? describe(error, detailed(), 0, false) : { type: typeof error };
