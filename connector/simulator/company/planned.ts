import { overlap } from '../chaos/overlap.ts';
import type { Random } from '../random.ts';
import type { Company, Employee, Team } from './company.ts';
import { companyTasks } from './company-tasks.ts';
import { groupTasks } from './group-tasks.ts';
import { personTasks } from './person-tasks.ts';
import type { Stage, Task } from './task.ts';

/** A task with all its chances, so that what runs beside it takes none of them. */
export interface Planned {
  readonly name: string;
  readonly random: Random;
  readonly imports: boolean;
  run(stage: Stage): Promise<void>;
}

export interface PlanOptions {
  readonly lanes: number;
  readonly appends: boolean;
  readonly most: number;
}

interface Candidate {
  readonly task: Task;
  readonly about?: Employee | Team;
}

/** One task, by weight. */
function drawn(tasks: readonly Task[], random: Random): Task {
  let rest = random.next() * tasks.reduce((sum, { weight }) => sum + weight, 0);
  for (const task of tasks) {
    rest -= task.weight;
    if (rest < 0) return task;
  }
  return random.pick(tasks);
}

function candidate(company: Company, random: Random, most: number, allowed: (task: Task) => boolean): Candidate {
  const tasks: readonly Task[] = [...personTasks, ...groupTasks, ...companyTasks];
  for (;;) {
    const task = drawn(tasks.filter(allowed), random);
    if (task.about === 'company') {
      if (task.kind === 'hire' && random.happens(company.employees.length / most)) continue;
      return { task };
    }
    const among =
      task.about === 'group'
        ? company.teams.filter(({ id, isGone }) => id && !isGone)
        : company.employees.filter(task.suits);
    if (among.length > 0) return { task, about: random.pick<Employee | Team>(among) };
  }
}

/** The next tasks that run at once: on different people mostly, now and then all on the same. */
export function planned(company: Company, random: Random, { lanes, appends, most }: PlanOptions): readonly Planned[] {
  const first = candidate(company, random, most, () => true);
  const imports = first.task.about === 'company' && first.task.kind === 'import';
  const round = [first];
  if (!(first.task.about === 'company' && first.task.kind === 'delta')) {
    const meets = first.about !== undefined && random.happens(overlap.chance);
    while (round.length < lanes) round.push(meets ? again(first, random) : beside());
  }
  return round.map((one) => toPlanned(one, random.fork()));

  /** Nobody else imports; and nothing shifts a list that is being read. */
  function beside(): Candidate {
    const next = candidate(company, random, most, (task) => {
      if (task.about === 'company') return task.kind === 'hire' && (!imports || appends);
      if (task.about === 'person') return !(imports && task.adds && !appends);
      return !(imports && task.deletes);
    });
    return round.some(({ about }) => about !== undefined && about === next.about)
      ? again({ task: next.task }, random)
      : next;
  }
}

/** Another task on the same one. */
function again({ task, about }: Candidate, random: Random): Candidate {
  if (about === undefined) return { task: QUIET };
  const tasks = task.about === 'group' ? groupTasks.filter(({ deletes }) => !deletes) : personTasks;
  return { task: drawn(tasks, random), about };
}

const QUIET: Task = { name: 'nothing', about: 'company', kind: 'hire', weight: 0, run: async () => undefined };

function toPlanned({ task, about }: Candidate, random: Random): Planned {
  const imports = task.about === 'company' && task.kind !== 'hire';
  return { name: task.name, random, imports, run: (stage) => execute(stage) };

  async function execute(stage: Stage): Promise<void> {
    if (task.about === 'company') await task.run(stage);
    else if (task.about === 'person') await task.run(stage, about as Employee);
    else await task.run(stage, about as Team & { readonly id: string });
  }
}
