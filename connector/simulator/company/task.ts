import type { OktaAgent } from '../agent.ts';
import type { Random } from '../random.ts';
import type { Company, Employee, Team } from './company.ts';
import type { Imports } from './imports.ts';

export interface Stage {
  readonly agent: OktaAgent;
  readonly random: Random;
  readonly company: Company;
  readonly imports: Imports;
}

interface AnyTask {
  readonly name: string;
  /** How often it comes, compared with the others. */
  readonly weight: number;
}

/** What Okta does with somebody whom it has. */
export interface PersonTask extends AnyTask {
  readonly about: 'person';
  /** Whether it may add somebody to the app: then nobody imports at the same time where lists could shift. */
  readonly adds?: true;
  suits(employee: Employee): boolean;
  run(stage: Stage, employee: Employee): Promise<void>;
}

export interface GroupTask extends AnyTask {
  readonly about: 'group';
  readonly deletes?: true;
  run(stage: Stage, team: Team & { readonly id: string }): Promise<void>;
}

export interface CompanyTask extends AnyTask {
  readonly about: 'company';
  readonly kind: 'hire' | 'import' | 'delta';
  run(stage: Stage): Promise<void>;
}

export type Task = PersonTask | GroupTask | CompanyTask;
