import type { Context, Next } from '../context.ts';
import { Capacity, Share } from '../request/share.ts';

/**
 * What is dear has places and memory of its own, so that it never stands before what is cheap. Given back when the work
 * is over, which may be after the answer.
 * @param largestBody  unit: bytes
 */
export function sharing(largestBody: number): (context: Context, next: Next) => Promise<void> {
  const capacity = new Capacity(largestBody);
  return async ({ state }, next) => {
    const share = new Share(capacity);
    state.share = share;
    try {
      await next();
    } finally {
      share.release();
    }
  };
}
