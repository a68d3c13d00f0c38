import { type Disturbance, isChange } from './sent.ts';

/** The change is made, its reply is lost, and the request comes again. */
export const lostReply: Disturbance = {
  name: 'lost reply',
  chance: 0.05,
  suits: isChange,
  disturb: async (request, send) => {
    await send(request);
    return send(request);
  },
};
