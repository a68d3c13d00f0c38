import type { Step } from '../step.ts';

export const downloadGroups: Step = {
  name: 'downloadGroups',
  title: 'Import Now: groups',
  run: async ({ agent, learnt }) => {
    const groups = await agent.downloadGroups();
    learnt.groups = groups;
    return { status: 'ok', text: `${groups.length} groups` };
  },
};

export const downloadUsers: Step = {
  name: 'downloadUsers',
  title: 'Import Now: users',
  run: async ({ agent, learnt }) => {
    const users = await agent.downloadUsers();
    learnt.users = users;
    return { status: 'ok', text: `${users.length} users` };
  },
};
