import { ok, type Step, warning } from '../step.ts';

/** The least that an admin can choose in "Timeout for API calls". Unit: ms. */
const OKTA_LEAST = 30_000;
/** Slower than this with nothing else to do is too slow on a bad day. Unit: ms. */
const SLOW = 5000;

export const timeout: Step = {
  name: 'timeout',
  title: 'Timeout for API calls',
  run: async ({ wire }) => {
    const slowest = wire.replies.toSorted((a, b) => b.duration - a.duration)[0];
    if (slowest === undefined) return ok('nothing was asked');
    const { message, duration } = slowest;
    const text = `the slowest answer took ${Math.round(duration)} ms (${message}); Okta waits ${OKTA_LEAST / 1000} s or more`;
    if (duration < SLOW) return ok(text);
    return warning(text, 'Choose 90 seconds or more in Okta, and look for what takes so long');
  },
};
