import { type Disturbance, isChange } from './sent.ts';

/**
 * An agent that slept repeats an old change after a newer one. It is done, as the newest: nothing in it says that it is
 * old. Okta hears nothing of the reply, so what it believes is then what the wire carried last, not what it meant last.
 */
export const lateRetry: Disturbance = {
  name: 'late retry',
  chance: 0.01,
  suits: isChange,
  disturb: async (request, send, { random, earlier }) => {
    const answer = await send(request);
    if (earlier.length > 0) await send({ ...random.pick(earlier), node: request.node, late: true });
    return answer;
  },
};
