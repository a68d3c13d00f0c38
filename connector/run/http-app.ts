import Koa from 'koa';
import type { Context, Next, PassingStatus } from '../http/context.ts';
import { accessLog } from '../http/middleware/access-log.ts';
import { admission } from '../http/middleware/admission.ts';
import { deadline, newReference, RequestCall } from '../http/middleware/call.ts';
import { errors } from '../http/middleware/errors.ts';
import { health } from '../http/middleware/health.ts';
import type { Mount } from '../http/mount.ts';
import { clientAddress, externalOrigin, type TrustedProxies } from '../http/request/client-address.ts';
import { type BodyLimits, router } from '../http/router.ts';
import type { Log } from '../log/log.ts';

export interface ConnectorOptions {
  /** Asked for each request, so that a reload takes effect between two of them. */
  readonly mounts: () => readonly Mount[];
  readonly log: Log;
  readonly limits: BodyLimits;
  /** Unit: ms. */
  readonly deadline: number;
  readonly trustedProxies: TrustedProxies;
  /** 429 by default. */
  readonly passingStatus?: PassingStatus;
}

const identify =
  (trust: TrustedProxies, passingStatus: PassingStatus) =>
  async (context: Context, next: Next): Promise<void> => {
    const { state, req } = context;
    state.reference = newReference();
    state.address = clientAddress(req.socket.remoteAddress, req.headers, trust);
    state.origin = externalOrigin(req, trust);
    state.trace = {};
    state.passingStatus = passingStatus;
    state.call = new RequestCall(state.reference);
    context.set('X-Request-Id', state.reference);
    context.set('Cache-Control', 'no-store');
    await next();
  };

/** The server without its socket. The order of its lines is the order a request meets them. */
export function createConnector(options: ConnectorOptions): Koa {
  const koa = new Koa();
  const use = (middleware: (context: Context, next: Next) => Promise<void>): void => {
    koa.use((context, next) => middleware(context as unknown as Context, next));
  };
  use(health(options.mounts));
  use(identify(options.trustedProxies, options.passingStatus ?? 429));
  use(accessLog(options.log));
  use(errors);
  use(deadline(options.deadline));
  use(admission(options.mounts));
  koa.use(router(options.limits).routes());
  // What reaches Koa itself went wrong after the answer was made: the client hung up, as a rule.
  koa.on('error', (error: Error) => options.log.debug({ err: error }, 'connection lost'));
  return koa;
}
