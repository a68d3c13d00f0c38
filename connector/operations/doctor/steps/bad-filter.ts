import { requireServed, saidBriefly } from '../diagnosis/refusal.ts';
import { ok, type Step, warning } from '../step.ts';

/** Okta's SPEC test sends a filter without an operator. */
export const badFilter: Step = {
  name: 'badFilter',
  title: 'A filter that cannot be read',
  run: async ({ wire }) => {
    const reply = requireServed(
      await wire.ask('checkUserExists', `/Users?filter=${encodeURIComponent('userName "x"')}&startIndex=1&count=200`),
    );
    if (reply.status === 400) return ok(`400: ${saidBriefly(reply)}`);
    const fix = 'Answer 400 to a filter that cannot be read: with a list instead, the wrong account would be linked';
    return warning(`${reply.status} instead of 400`, fix);
  },
};
