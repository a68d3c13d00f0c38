import type { Call } from '../../connector/backend/backend.ts';
import { LedgerFile } from '../../connector/holds/file/ledger-file.ts';
import { Gates } from '../../connector/holds/gates.ts';
import { ScimError } from '../../connector/scim/error.ts';
import type { Attributes, Value } from '../../connector/scim/resource.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import { guardedService } from '../../connector/service/assemble-service.ts';
import { defaultPolicy } from '../../connector/service/policy.ts';
import type { Service } from '../../connector/service/service.ts';
import type { Random } from '../../connector/simulator/random.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { DEFAULTS } from '../holds/held-app.ts';

const { User, Group } = resourceTypes();
const call: Call = { requestId: 'week', actor: 'okta', signal: new AbortController().signal };
const DAY = 86_400_000;
const draft = (attributes: Attributes) => ({ attributes, cleared: [], ignored: [] });

interface Person {
  readonly id: string;
  profile: Record<string, Value>;
}

interface Team {
  readonly id: string;
  readonly name: string;
  members: Set<Person>;
}

/** A company in Okta, and what a day brings. Shares are of the people, or of the groups, on one day. */
class Company {
  readonly #random: Random;
  readonly #service: Service;
  readonly #people: Person[] = [];
  readonly #departments: Team[] = [];
  #projects: Team[] = [];
  #made = 0;
  changes = 0;

  constructor(random: Random, service: Service) {
    this.#random = random;
    this.#service = service;
  }

  async found(size: number): Promise<void> {
    for (let n = 0; n < size; n += 1) await this.#join();
    for (let n = 0; n < 10; n += 1)
      await this.#team(
        this.#departments,
        `Department ${n}`,
        this.#people.filter((_, at) => at % 10 === n),
      );
    for (let n = 0; n < Math.max(10, size / 20); n += 1) await this.#project();
  }

  async day(isMonthEnd: boolean): Promise<void> {
    const some = (share: number): Person[] => {
      const wanted = this.#people.length * share;
      const whole = Math.floor(wanted) + (this.#random.happens(wanted % 1) ? 1 : 0);
      return Array.from({ length: whole }, () => this.#random.pick(this.#people));
    };
    for (const _ of some(0.003)) await this.#join();
    for (const person of new Set(some(isMonthEnd ? 0.02 : 0.001))) await this.#leave(person);
    for (const person of some(0.005)) await this.#put(person, { title: `Title ${this.#random.below(50)}` });
    for (const person of some(0.0005)) await this.#put(person, { userName: `${person.profile['userName']}-married` });
    for (const team of this.#projects) await this.#swap(team, 0.02);
    await this.#project();
    const ended = this.#random.pick(this.#projects);
    this.#projects = this.#projects.filter((team) => team !== ended);
    await this.#write(this.#service.delete(call, Group, ended.id));
  }

  /** One department in five is led otherwise: its people get a new title, and a fifth of them another department. */
  async reorganise(): Promise<void> {
    for (const team of this.#departments.slice(0, 2)) {
      for (const person of team.members) await this.#put(person, { department: team.name, title: 'Member of staff' });
      const to = this.#random.pick(this.#departments.slice(2));
      const moving = [...team.members].slice(0, Math.floor(team.members.size / 5));
      for (const person of moving) {
        team.members.delete(person);
        to.members.add(person);
      }
      await this.#push(team);
      await this.#push(to);
    }
  }

  /** Everybody's whole profile and every group, with nothing new in them. */
  async night(): Promise<void> {
    for (const person of this.#people) await this.#put(person, {});
    for (const team of [...this.#departments, ...this.#projects]) await this.#push(team);
  }

  async #join(): Promise<void> {
    const n = this.#made++;
    const profile = {
      ...{ userName: `person${n}@corp.example`, name: { givenName: 'Jane', familyName: `Doe ${n}` }, title: 'New' },
      ...{ emails: [{ value: `person${n}@corp.example`, type: 'work', primary: true }], active: true },
    };
    const { resource } = await this.#service.create(call, User, draft(profile));
    this.#people.push({ id: resource.id, profile });
  }

  async #leave(person: Person): Promise<void> {
    for (const team of [...this.#departments, ...this.#projects]) {
      if (!team.members.delete(person)) continue;
      await this.#push(team);
    }
    await this.#put(person, { active: false });
    this.#people.splice(this.#people.indexOf(person), 1);
  }

  async #put(person: Person, more: Record<string, Value>): Promise<void> {
    person.profile = { ...person.profile, ...more };
    await this.#write(this.#service.replace(call, User, person.id, draft(person.profile)));
  }

  async #team(teams: Team[], name: string, members: readonly Person[]): Promise<void> {
    const refs = members.map(({ id }) => ({ value: id }));
    const { resource } = await this.#service.create(call, Group, draft({ displayName: name, members: refs }));
    teams.push({ id: resource.id, name, members: new Set(members) });
  }

  async #project(): Promise<void> {
    const size = 3 + this.#random.below(20);
    const members = new Set(Array.from({ length: size }, () => this.#random.pick(this.#people)));
    await this.#team(this.#projects, `Project ${this.#made++}`, [...members]);
  }

  async #swap(team: Team, share: number): Promise<void> {
    const going = [...team.members].filter(() => this.#random.happens(share));
    if (going.length === 0) return;
    for (const person of going) team.members.delete(person);
    for (const _ of going) team.members.add(this.#random.pick(this.#people));
    await this.#push(team);
  }

  async #push({ id, name, members }: Team): Promise<void> {
    const refs = [...members].map((person) => ({ value: person.id }));
    await this.#write(this.#service.replace(call, Group, id, draft({ displayName: name, members: refs })));
  }

  async #write(writing: Promise<unknown>): Promise<void> {
    this.changes += 1;
    try {
      await writing;
    } catch (error) {
      if (!(error instanceof ScimError) || error.fault !== 'changes-held') throw error;
    }
  }
}

export interface Week {
  readonly days: number;
  readonly changes: number;
  /** Why an app was held. */
  readonly holds: readonly string[];
}

/** Seven days with the limits as they come: joiners, leavers, movers, a month's end, a reorganisation, nightly pushes. */
export async function normalWeek(random: Random, file: string, people: number): Promise<Week> {
  const backend = new MemoryBackend();
  await backend.open();
  let now = Date.UTC(2026, 0, 26, 9);
  const held: string[] = [];
  const gates = new Gates({
    ledger: new LedgerFile({ file, now: () => now }),
    now: () => now,
    onTrip: ({ text }) => held.push(text),
  });
  const company = new Company(random, guardedService(backend, defaultPolicy, gates.of('hr', DEFAULTS)));
  await company.found(people);
  const [monthEnd, reorganisation] = [random.below(7), random.below(7)];
  for (let day = 0; day < 7; day += 1) {
    await company.day(day === monthEnd);
    now += DAY / 2;
    if (day === reorganisation) await company.reorganise();
    await company.night();
    now += DAY / 2;
  }
  await gates.close();
  return { days: 7, changes: company.changes, holds: held };
}
