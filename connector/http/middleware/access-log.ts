import type { Log } from '../../log/log.ts';
import type { Context, Next } from '../context.ts';

/**
 * One line per request: what Okta calls it, who asked, what came of it and how long it took. The route and attribute
 * names, never the query or a value: the line may leave the house.
 */
export const accessLog =
  (log: Log) =>
  async (context: Context, next: Next): Promise<void> => {
    const started = performance.now();
    await next();
    const { trace, reference, mount, address } = context.state;
    const { ignored, changed, cause, message = 'request', ...rest } = trace;
    const fields = {
      ref: reference,
      app: mount?.name,
      method: context.method,
      status: context.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
      address,
      ...rest,
      ...(changed?.length ? { changed } : {}),
      ...(ignored?.length ? { ignored } : {}),
      ...(cause === undefined ? {} : { err: cause }),
    };
    if (context.status >= 500) log.error(fields, message);
    else if (context.status >= 400) log.warn(fields, message);
    else log.info(fields, message);
  };
