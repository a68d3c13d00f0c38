import type { Random } from '../random.ts';
import type { Disturbance } from './sent.ts';

function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  return list
    .map((one) => [random.next(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}

/** Members have no order. */
export const reorderedMembers: Disturbance = {
  name: 'reordered members',
  chance: 0.3,
  suits: ({ method, path }) => method === 'PUT' && path.startsWith('/Groups'),
  disturb: (request, send, { random }) => {
    const group = JSON.parse(request.body ?? '{}') as { members?: readonly unknown[] | null };
    if (!Array.isArray(group.members)) return send(request);
    return send({ ...request, body: JSON.stringify({ ...group, members: shuffled(group.members, random) }) });
  },
};
