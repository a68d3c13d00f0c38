import type { OktaAgent } from '../agent.ts';
import { AgentCallFailed } from '../connection.ts';
import type { Employee } from './company.ts';
import type { PersonTask } from './task.ts';

async function link(agent: OktaAgent, employee: Employee, id: string): Promise<void> {
  employee.id = id;
  employee.active = true;
  await agent.pushProfileUpdate(id, employee.person);
}

/** Asks first; a conflict after that means that somebody was faster, or a reply was lost: asks again and links. */
export async function assign(agent: OktaAgent, employee: Employee, isPending = false): Promise<void> {
  const { person } = employee;
  const known = await agent.checkUserExists('userName', person.userName);
  if (known) return link(agent, employee, known.id);
  try {
    const { id } = await (isPending ? agent.createPendingUser(person) : agent.createNewUser(person));
    employee.id = id;
    employee.active = !isPending;
  } catch (error) {
    if (!(error instanceof AgentCallFailed && error.status === 409)) throw error;
    const there = await agent.checkUserExists('userName', person.userName);
    if (!there) throw error;
    await link(agent, employee, there.id);
  }
}

const isActive = ({ id, active }: Employee): boolean => id !== undefined && active;
const isInactive = ({ id, active }: Employee): boolean => id !== undefined && !active;

export const personTasks: readonly PersonTask[] = [
  {
    name: 'push profile',
    about: 'person',
    weight: 30,
    suits: isActive,
    run: async ({ agent, company, random }, employee) => {
      await agent.pushProfileUpdate(employee.id ?? '', company.change(employee, random));
    },
  },
  {
    name: 'rename',
    about: 'person',
    weight: 5,
    suits: isActive,
    run: async ({ agent, company }, employee) => {
      company.rename(employee);
      await agent.pushProfileUpdate(employee.id ?? '', employee.person);
    },
  },
  {
    name: 'push password',
    about: 'person',
    weight: 2,
    suits: isActive,
    run: async ({ agent, company }, employee) => {
      await agent.pushPasswordUpdate(employee.id ?? '', company.renew(employee));
    },
  },
  {
    name: 'unassign',
    about: 'person',
    weight: 8,
    suits: isActive,
    run: async ({ agent }, employee) => {
      employee.active = false;
      await agent.deactivateUser(employee.id ?? '', employee.person);
    },
  },
  {
    name: 'assign again',
    about: 'person',
    weight: 12,
    adds: true,
    suits: isInactive,
    run: async ({ agent }, employee) => {
      const known = await agent.checkUserExists('userName', employee.person.userName);
      if (!known) return assign(agent, employee);
      employee.id = known.id;
      await agent.reactivateUser(known.id, employee.person);
      employee.active = true;
    },
  },
  {
    name: 'activate',
    about: 'person',
    weight: 4,
    suits: isInactive,
    run: async ({ agent }, employee) => {
      employee.active = await agent.activateUser(employee.id ?? '', employee.person);
    },
  },
  {
    name: 'import one',
    about: 'person',
    weight: 6,
    suits: ({ id }) => id !== undefined,
    run: async ({ agent }, { id }) => {
      await agent.importUserProfile(id ?? '');
    },
  },
];
