import type { Disturbance } from './sent.ts';

/** Several agents and connectors serve an app, and page 2 may be asked from another (docs/okta-agent.md, Paging). */
export const anotherNode: Disturbance = {
  name: 'another node',
  chance: 0.5,
  suits: () => true,
  disturb: (request, send, { random, nodes }) => send({ ...request, node: random.below(nodes) }),
};
