import { ScimError } from '../../scim/error.ts';
import type { Context, Next } from '../context.ts';
import { busy } from '../request/share.ts';

/**
 * Answers in time: an error text beats Okta's own timeout (docs/okta-agent.md, Timeouts: 30 s at least).
 * @param limit  unit: ms
 */
export const deadline =
  (limit: number) =>
  async (context: Context, next: Next): Promise<void> => {
    const { call } = context.state;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        const waited = context.state.share.isWaiting;
        call.abort();
        const seconds = `${limit / 1000} s`;
        if (waited) {
          reject(busy());
        } else if (context.headerSent) {
          reject(
            new ScimError('unavailable', `the client did not read the answer within ${seconds}`, {
              fault: 'client-gone',
            }),
          );
        } else if (context.req.complete) {
          reject(
            new ScimError('unavailable', `the backend did not answer within ${seconds}; try again later`, {
              fault: 'too-slow',
            }),
          );
        } else {
          // Whatever still comes belongs to this request and would be taken for the next.
          context.set('Connection', 'close');
          reject(
            new ScimError('invalidSyntax', `the request did not arrive whole within ${seconds}`, {
              fault: 'body-incomplete',
            }),
          );
        }
      }, limit);
      const hangUp = (): void => {
        call.abort();
        // Who decompresses the body is not told that no more of it will come.
        if (!context.req.complete)
          reject(new ScimError('invalidSyntax', 'the body did not arrive whole', { fault: 'body-incomplete' }));
      };
      // Also when the body has come, of which the request itself tells nothing any more.
      context.res.once('close', hangUp);
      next()
        .finally(() => {
          clearTimeout(timer);
          context.res.off('close', hangUp);
        })
        .then(resolve, reject);
    });
  };
