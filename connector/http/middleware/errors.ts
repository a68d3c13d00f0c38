import { formatVersion } from '../../protocol/entity-tags.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import { ScimError } from '../../scim/error.ts';
import type { Observer } from '../../service/observer.ts';
import { outcomeOf, runningMessage, wasTold } from '../../service/operation-recorder.ts';
import type { Context, Next, State } from '../context.ts';
import { describeFailure } from '../failure.ts';

export interface ErrorOptions {
  /** Speaks where no mount is known: the protocol that a URL means. */
  readonly fallback: (url: string) => Protocol;
  readonly observer: Observer;
}

/** Where tokens are given out, none was presented. */
function challengeOf({ mount, refusal }: State, error: unknown): string {
  const { authenticator } = mount ?? {};
  return (refusal ? authenticator?.challenge : authenticator?.challengeAfter(error)) ?? 'Bearer';
}

function writeError(context: Context, error: unknown, protocol: Protocol): void {
  const { state } = context;
  const { status, reason, message } = describeFailure(error, state.passingStatus);
  context.status = status;
  if (error instanceof ScimError && error.retryAfter !== undefined)
    context.set('Retry-After', String(Math.max(1, Math.ceil(error.retryAfter))));
  if (error instanceof ScimError && error.version !== undefined) context.set('ETag', formatVersion(error.version));
  if (status === 401) context.set('WWW-Authenticate', challengeOf(state, error));
  const encode = state.refusal?.(error) ?? protocol.encodeError;
  context.type = state.refusal
    ? 'application/json'
    : ((state.speaks ? undefined : state.mediaType) ?? protocol.mediaType);
  context.body = JSON.stringify(encode({ status, reason, message, reference: state.reference }));
}

/** The only place where a failure becomes a response; and where refusals are told that no operation has told of. */
export const errors =
  ({ fallback, observer }: ErrorOptions) =>
  async (context: Context, next: Next): Promise<void> => {
    const started = performance.now();
    try {
      await next();
    } catch (failure) {
      const { state } = context;
      state.failure = failure;
      writeError(context, failure, state.speaks ?? state.mount?.protocol ?? fallback(context.url));
      // What is still under way is told when it is over.
      if (wasTold(state.call, failure) || runningMessage(state.call) !== undefined) return;
      observer.observe({
        call: state.call,
        app: state.mount?.app ?? '',
        operation: 'request',
        message: 'request',
        outcome: outcomeOf(failure),
        failure,
        duration: performance.now() - started,
        backendDuration: 0,
      });
    }
  };
