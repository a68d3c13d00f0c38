import { type Disturbance, isUpdate } from './sent.ts';

/** Twice at once, as traced with reactivation (docs/okta-agent.md, Traffic). One success is enough for Okta. */
export const doublePut: Disturbance = {
  name: 'double PUT',
  chance: 0.05,
  suits: isUpdate,
  disturb: async (request, send) => {
    const [first, second] = await Promise.all([send(request), send(request)]);
    return first.status < 300 ? first : second;
  },
};
