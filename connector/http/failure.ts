import { type Reason, ScimError } from '../scim/error.ts';
import type { PassingStatus } from './context.ts';

const STATUS: Readonly<Record<Reason, number>> = {
  invalidSyntax: 400,
  invalidFilter: 400,
  invalidPaging: 400,
  invalidPath: 400,
  noTarget: 400,
  invalidCursor: 400,
  expiredCursor: 400,
  invalidCount: 400,
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
  passing: PassingStatus = 429,
): { readonly status: number; readonly reason: string; readonly message: string } {
  if (error instanceof ScimError) {
    const { reason, message, retryAfter } = error;
    const passes = reason === 'unavailable' && retryAfter !== undefined;
    return { status: passes ? passing : STATUS[reason], reason, message };
  }
  return { status: 500, reason: 'internal', message: 'the connector failed unexpectedly; its log has the details' };
}
