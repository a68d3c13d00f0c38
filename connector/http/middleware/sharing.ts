import type { Context, Next } from '../context.ts';
import { type Capacity, Share } from '../request/share.ts';

/**
 * What is dear has places and memory of its own, so that it never stands before what is cheap. Given back when the work
 * is over, which may be after the answer.
 */
export function sharing(capacity: Capacity): (context: Context, next: Next) => Promise<void> {
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
