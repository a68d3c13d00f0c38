import { restarts } from '../chaos/restarting-agent.ts';
import { assign } from './person-tasks.ts';
import type { CompanyTask } from './task.ts';

export const companyTasks: readonly CompanyTask[] = [
  {
    name: 'assign',
    about: 'company',
    kind: 'hire',
    weight: 10,
    run: ({ agent, company, random }) => assign(agent, company.hire(random), random.happens(0.2)),
  },
  {
    name: 'appear in the app',
    about: 'company',
    kind: 'hire',
    weight: 1,
    // Not linked: the next import finds them.
    run: async ({ agent, company, random }) => {
      await agent.createNewUser(company.hire(random).person);
    },
  },
  {
    name: 'create group',
    about: 'company',
    kind: 'hire',
    weight: 4,
    run: async ({ agent, company, random }) => {
      const team = company.found(random);
      const { id } = await agent.createGroup({ ...team.group, ...(random.happens(0.5) ? { members: null } : {}) });
      team.id = id;
    },
  },
  {
    name: 'import',
    about: 'company',
    kind: 'import',
    weight: 0.3,
    run: ({ agent, imports, random }) => imports.full(agent, restarts(random)),
  },
  {
    name: 'incremental import',
    about: 'company',
    kind: 'delta',
    weight: 1,
    run: ({ agent, imports, random }) => imports.changed(agent, restarts(random)),
  },
];
