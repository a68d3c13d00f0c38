import type { Context, Next } from '../context.ts';
import { type Mount, ping } from '../mount.ts';
import { hasOneHost } from '../request/single-headers.ts';

/** `/healthz`: the process answers. `/readyz`: every store answers. For monitors: no credential, no detail. */
export const health =
  (mounts: () => readonly Mount[]) =>
  async (context: Context, next: Next): Promise<void> => {
    // Not `context.path`: an absolute URL that cannot be parsed would throw here, where nobody makes an answer of it.
    const [path] = context.url.split('?', 1);
    if ((path !== '/healthz' && path !== '/readyz') || !hasOneHost(context.req)) return next();
    const pings = path === '/readyz' ? mounts().map(ping) : [];
    const ready = (await Promise.allSettled(pings)).every(({ status }) => status === 'fulfilled');
    context.status = ready ? 200 : 503;
    context.set('Cache-Control', 'no-store');
    context.body = { status: ready ? 'ok' : 'unavailable' };
  };
