import { formatVersion } from '../../protocol/v1/encode.ts';
import { encodeError } from '../../protocol/v1/error.ts';
import { type Reason, ScimError } from '../../scim/error.ts';
import type { Context, Next, PassingStatus } from '../context.ts';

const STATUS: Readonly<Record<Reason, number>> = {
  invalidSyntax: 400,
  invalidFilter: 400,
  invalidPaging: 400,
  invalidValue: 400,
  mutability: 400,
  tooMany: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  notAcceptable: 406,
  uniqueness: 409,
  conflict: 409,
  versionMismatch: 412,
  tooLarge: 413,
  unsupportedMediaType: 415,
  throttled: 429,
  notImplemented: 501,
  unavailable: 503,
};

/** What a failure looks like from outside. The unknown is a bug: it says so and nothing more. */
export function describeFailure(
  error: unknown,
  passing: PassingStatus,
): { status: number; reason: string; message: string } {
  if (error instanceof ScimError) {
    const { reason, message, retryAfter } = error;
    const passes = reason === 'unavailable' && retryAfter !== undefined;
    return { status: passes ? passing : STATUS[reason], reason, message };
  }
  return { status: 500, reason: 'internal', message: 'the connector failed unexpectedly; its log has the details' };
}

// Quoted in an error text stands what the client sent: for the client's eyes, not for the log.
const withoutValues = (message: string): string => message.replace(/"[^"]*"/g, '"…"');

function writeError(context: Context, error: unknown): void {
  const { state } = context;
  const { status, reason, message } = describeFailure(error, state.passingStatus);
  state.trace.reason = reason;
  state.trace.detail = withoutValues(message);
  state.trace.cause = error instanceof ScimError ? error.cause : error;
  context.status = status;
  if (error instanceof ScimError && error.retryAfter !== undefined)
    context.set('Retry-After', String(Math.max(1, Math.ceil(error.retryAfter))));
  if (error instanceof ScimError && error.version !== undefined) context.set('ETag', formatVersion(error.version));
  if (status === 401) context.set('WWW-Authenticate', state.mount?.authenticator.challenge ?? 'Bearer');
  context.type = 'application/json';
  context.body = JSON.stringify(encodeError(status, reason, message, state.reference));
}

/** The only place where a failure becomes a response. */
export async function errors(context: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (error) {
    writeError(context, error);
  }
}
