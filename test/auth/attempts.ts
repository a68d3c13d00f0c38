import type { Attempt } from '../../connector/auth/attempt.ts';

/** Of somebody who has not failed yet. */
export const attemptFrom = (address = '192.0.2.1', isFirst = true): Attempt => ({
  address,
  isFirst,
  mayGuess: () => true,
});
