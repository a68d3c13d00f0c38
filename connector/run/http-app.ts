import Koa from 'koa';
import type { AccessLog } from '../http/access-log.ts';
import type { Context, Next, PassingStatus } from '../http/context.ts';
import { admission } from '../http/middleware/admission.ts';
import { deadline } from '../http/middleware/deadline.ts';
import { errors } from '../http/middleware/errors.ts';
import { health } from '../http/middleware/health.ts';
import { sharing } from '../http/middleware/sharing.ts';
import { unreadBody } from '../http/middleware/unread-body.ts';
import type { Mount } from '../http/mount.ts';
import { authorization } from '../http/oauth/authorization.ts';
import { clientOf } from '../http/request/client.ts';
import { clientAddress, externalOrigin, type TrustedProxies } from '../http/request/client-address.ts';
import { newReference, RequestCall } from '../http/request/request-call.ts';
import { Capacity } from '../http/request/share.ts';
import { type BodyLimits, routing } from '../http/router.ts';
import type { Log } from '../log/log.ts';
import { meantBy } from '../protocol/protocols.ts';
import type { Observer } from '../service/observer.ts';

export interface HttpAppOptions {
  /** Asked for each request, so that a reload takes effect between two of them. */
  readonly mounts: () => readonly Mount[];
  readonly log: Log;
  readonly accessLog: AccessLog;
  /** Told of every operation. The same one that the mounts tell. */
  readonly observer: Observer;
  readonly limits: BodyLimits;
  /** Shared by all requests; one of its own by default. */
  readonly capacity?: Capacity;
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
    state.passingStatus = passingStatus;
    state.call = new RequestCall(state.reference, clientOf(state.address, req.headers));
    context.set('X-Request-Id', state.reference);
    context.set('Cache-Control', 'no-store');
    await next();
  };

/** The server without its socket. The order of its lines is the order a request meets them. */
export function createHttpApp(options: HttpAppOptions): Koa {
  const koa = new Koa();
  const use = (middleware: (context: Context, next: Next) => Promise<void> | void): void => {
    koa.use(middleware as never);
  };
  use(unreadBody);
  use(health(options.mounts));
  use(identify(options.trustedProxies, options.passingStatus ?? 429));
  use(options.accessLog.middleware);
  use(errors({ fallback: meantBy, observer: options.observer }));
  use(deadline(options.deadline));
  use(sharing(options.capacity ?? new Capacity(options.limits.maxBody)));
  use(authorization(options.mounts));
  use(admission(options.mounts));
  use(routing(options.limits));
  // What reaches Koa itself went wrong after the answer was made: the client hung up, as a rule.
  koa.on('error', (error: Error) => options.log.debug({ err: error }, 'connection lost'));
  return koa;
}
