import type { Reference } from '../payload.ts';
import type { Random } from '../random.ts';
import type { Company } from './company.ts';
import type { GroupTask } from './task.ts';

const some = ({ linked }: Company, random: Random): readonly Reference[] =>
  Array.from({ length: Math.min(linked.length, 1 + random.below(5)) }, () => {
    const { id = '', person } = random.pick(linked);
    return { value: id, display: person.userName };
  });

const without = (list: readonly Reference[], others: readonly Reference[]): readonly Reference[] =>
  list.filter(({ value }) => !others.some((other) => other.value === value));

export const groupTasks: readonly GroupTask[] = [
  {
    name: 'add members',
    about: 'group',
    weight: 12,
    run: async ({ agent, company, random }, { id }) => {
      const more = some(company, random);
      await agent.pushMembership(id, (members) => [...without(members, more), ...more]);
    },
  },
  {
    name: 'remove members',
    about: 'group',
    weight: 8,
    run: async ({ agent, random }, { id }) => {
      await agent.pushMembership(id, (members) => members.filter(() => random.happens(0.7)));
    },
  },
  {
    name: 'empty',
    about: 'group',
    weight: 1,
    run: async ({ agent }, { id }) => {
      await agent.pushMembership(id, () => []);
    },
  },
  {
    name: 'rename group',
    about: 'group',
    weight: 2,
    run: async ({ agent, company }, team) => {
      const there = await agent.getGroupById(team.id);
      if (!there) return;
      team.group = { ...team.group, displayName: company.groupName() };
      const members = (there['members'] ?? []) as readonly Reference[];
      await agent.updateGroup(team.id, { ...team.group, members });
    },
  },
  {
    name: 'delete group',
    about: 'group',
    weight: 1,
    deletes: true,
    run: async ({ agent }, team) => {
      team.isGone = true;
      await agent.deleteGroup(team.id);
    },
  },
];
