import type { Known, Payload, Person, PushedGroup } from '../payload.ts';
import type { Random } from '../random.ts';

/** Somebody in Okta, and whom Okta takes them to be in the app. */
export interface Employee {
  person: Person;
  /** External id, once linked. */
  id?: string;
  /** As Okta believes. */
  active: boolean;
}

/** A group that Okta pushes. */
export interface Team {
  group: PushedGroup;
  id?: string;
  isGone?: true;
}

/** Which attributes of people a store has a place for. */
export interface Kept {
  readonly custom: boolean;
  readonly description: boolean;
}

const GIVEN = [
  'Åsa',
  "Sinéad O'",
  'José',
  'Anna-Lena',
  'Bo',
  '李',
  'Zoë "Zo"',
  'Jean, Luc',
  'Iğdır',
  'Ann + Co',
  'No #1',
];
const FAMILY = ['Öberg', 'García Márquez', 'D’Arcy', 'von Hohenlohe', 'Ng', 'Smith; Jones', 'Łukasz', 'Back\\slash'];

/** What Okta has: people and groups, with names that nobody had before. */
export class Company {
  readonly employees: Employee[] = [];
  readonly teams: Team[] = [];
  /** How many were found by an import. */
  matched = 0;
  readonly #kept: Kept;
  #number = 0;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  get linked(): readonly Employee[] {
    return this.employees.filter(({ id }) => id !== undefined);
  }

  #next(): number {
    this.#number += 1;
    return this.#number;
  }

  #naming(): Pick<Person, 'userName' | 'email'> {
    const name = `p${this.#next()}@example.com`;
    return { userName: name, email: name };
  }

  hire(random: Random): Employee {
    const person = {
      ...this.#naming(),
      ...this.#changing(random),
      secondEmail: `home${this.#number}@example.net`,
      ...(random.happens(0.05) ? { password: this.#password() } : {}),
    };
    const employee = { person, active: false };
    this.employees.push(employee);
    return employee;
  }

  #changing(random: Random): Pick<Person, 'firstName' | 'lastName' | 'mobilePhone' | 'custom'> {
    const number = this.#next();
    return {
      firstName: `${random.pick(GIVEN)} ${number}`,
      lastName: random.pick(FAMILY),
      mobilePhone: `+46 70 ${number}`,
      ...(this.#kept.custom ? { custom: { emailAddress: `c${number}@example.com` } } : {}),
    };
  }

  #password(): string {
    return `V3ry-secure-${this.#next()}`;
  }

  /** A new profile, of which a push may leave out the second address: what is left out stays as it was. */
  change(employee: Employee, random: Random): Person {
    const { secondEmail: _, ...rest } = { ...employee.person, ...this.#changing(random) };
    if (random.happens(0.3)) {
      employee.person = { ...employee.person, ...rest };
      return rest;
    }
    employee.person = { ...rest, secondEmail: `home${this.#next()}@example.net` };
    return employee.person;
  }

  rename(employee: Employee): void {
    employee.person = { ...employee.person, ...this.#naming() };
  }

  /** Most have no password that Okta repeats with every change. */
  renew({ person }: Employee): Person & { readonly password: string } {
    return { ...person, password: this.#password() };
  }

  /** An import finds people whom Okta has and has not linked (docs/okta-agent.md, Imports): by user name, exactly. */
  match(users: readonly Known[]): void {
    const byName = new Map(users.map((user) => [user['userName'], user] as const));
    for (const employee of this.employees) {
      const user = employee.id === undefined ? byName.get(employee.person.userName) : undefined;
      if (!user) continue;
      employee.id = user.id;
      employee.active = user['active'] === true;
      this.matched += 1;
    }
  }

  found(random: Random): Team {
    const team = { group: { displayName: this.groupName(), ...this.#describe(random) } };
    this.teams.push(team);
    return team;
  }

  groupName(): string {
    return `ogroup ${this.#next()}`;
  }

  #describe(random: Random): Payload {
    return this.#kept.description && random.happens(0.5) ? { description: `pushed ${this.#number}` } : {};
  }
}
