import type { Backend, Call } from '../../connector/backend/backend.ts';
import type { Ledger } from '../../connector/holds/ledger.ts';
import { KINDS, type Kind, type Limits } from '../../connector/holds/limits.ts';
import { ScimError } from '../../connector/scim/error.ts';
import type { Attributes, Value } from '../../connector/scim/resource.ts';
import { resourceTypes } from '../../connector/scim/schema/resource-type.ts';
import type { Service } from '../../connector/service/service.ts';
import type { Random } from '../../connector/simulator/random.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { Died, HoldsProcess } from './holds-process.ts';

const { User, Group } = resourceTypes();
const call: Call = { requestId: 'trial', actor: 'okta', signal: new AbortController().signal };
const HOUR = 3_600_000;
const draft = (attributes: Attributes) => ({ attributes, cleared: [], ignored: [] });
const patch = (attributes: Attributes, gone: readonly string[] = []) => ({
  ...draft(attributes),
  removals: [],
  deletions: gone.map((value) => ({ path: { attribute: 'members' }, element: { value } })),
});
const refs = (ids: readonly string[]): Value => ids.map((value) => ({ value }));
const membersIn = async (backend: Backend, id: string): Promise<number> => {
  const { attributes } = await backend.get(call, Group, id);
  return ((attributes['members'] ?? []) as readonly unknown[]).length;
};

type Write = (service: Service) => Promise<unknown>;

/** A mass change in single writes, and how much of it has come about. */
interface Mass {
  readonly writes: readonly Write[];
  readonly done: () => Promise<number>;
  /** Among how many. */
  readonly there: number;
}

interface Company {
  readonly backend: Backend;
  readonly random: Random;
  readonly people: readonly string[];
}

async function countPeople(backend: Backend, is: (attributes: Attributes) => boolean): Promise<number> {
  const { resources } = await backend.list(call, User, { offset: 0, limit: 10_000 });
  return resources.filter(({ attributes }) => is(attributes)).length;
}

/** Some of the people, each changed by PUT or PATCH. */
function ofPeople(
  { backend, random, people }: Company,
  change: (n: number) => Attributes,
  is: (a: Attributes) => boolean,
): Mass {
  const writes = people.map((id, n): Write => {
    const byPut = random.happens(0.5);
    return (service) => {
      const wanted = change(n);
      if (!byPut) return service.patch(call, User, id, patch(wanted));
      return service.replace(
        call,
        User,
        id,
        draft({ userName: `person${n}`, title: 'Engineer', active: true, ...wanted }),
      );
    };
  });
  return { writes, there: people.length, done: () => countPeople(backend, is) };
}

async function oneGroup({ backend, random, people }: Company): Promise<Mass> {
  const { id } = await backend.create(call, Group, { displayName: 'all', members: refs(people) });
  const step = 1 + random.below(4);
  const writes: Write[] = [];
  for (let gone = 0; gone < people.length; gone += step) {
    const byPut = random.happens(0.3);
    writes.push((service) =>
      byPut
        ? service.replace(call, Group, id, draft({ displayName: 'all', members: refs(people.slice(gone + step)) }))
        : service.patch(call, Group, id, patch({}, people.slice(gone, gone + step))),
    );
  }
  writes.push((service) => service.delete(call, Group, id));
  const left = (): Promise<number> => membersIn(backend, id).catch(() => 0);
  return { writes, there: people.length, done: async () => people.length - (await left()) };
}

async function manyGroups({ backend, random, people }: Company): Promise<Mass> {
  const members = people.slice(0, 8);
  const groups: string[] = [];
  for (let n = 0; n < 40; n += 1)
    groups.push((await backend.create(call, Group, { displayName: `G${n}`, members: refs(members) })).id);
  const writes = groups.flatMap((id, n): Write[] => {
    const put: Write = (service) =>
      service.replace(call, Group, id, draft({ displayName: `G${n}`, members: refs(members.slice(5)) }));
    const out = members.slice(0, 6).map(
      (one): Write =>
        (service) =>
          service.patch(call, Group, id, patch({}, [one])),
    );
    return random.happens(0.5) ? [put] : out;
  });
  const sizes = async (): Promise<number> => {
    const all = await Promise.all(groups.map((id) => membersIn(backend, id).catch(() => 0)));
    return all.filter((size) => size < 4).length;
  };
  return { writes, there: groups.length, done: sizes };
}

const MASS: Readonly<Record<Kind, (company: Company) => Mass | Promise<Mass>>> = {
  deactivations: (company) =>
    ofPeople(
      company,
      () => ({ active: false }),
      ({ active }) => active === false,
    ),
  renames: (company) =>
    ofPeople(
      company,
      (n) => ({ userName: `new${n}` }),
      (a) => String(a['userName']).startsWith('new'),
    ),
  overwrites: (company) =>
    ofPeople(
      company,
      () => ({ title: 'None' }),
      ({ title }) => title === 'None',
    ),
  deletions: ({ backend, people }) => ({
    writes: people.map(
      (id): Write =>
        (service) =>
          service.delete(call, User, id),
    ),
    there: people.length,
    done: async () => people.length - (await countPeople(backend, () => true)),
  }),
  removals: oneGroup,
  emptied_groups: manyGroups,
};

/** By the sentence of the docs, not by the code that it judges. */
function mostAllowed(kind: Kind, count: number, percent: number, there: number): number {
  let most = 0;
  for (let n = 1; n <= there; n += 1) {
    const both = n > count && n * 100 > percent * there;
    const half = kind !== 'removals' && n >= 10 && n * 2 > there;
    if (!both && !half) most = n;
  }
  return most;
}

export interface AttemptResult {
  /** What was wrong, or undefined. */
  readonly failure?: string;
  readonly deaths: number;
  readonly writes: number;
}

const LOOSE = { count: 1_000_000, percent: 100 };

/** Where holds are kept. */
export interface HoldsPlace {
  /** Who opens it has a clock of his own, unless `isTimely`: then it is the database's. */
  readonly ledger: (now: () => number) => Ledger;
  readonly isTimely: boolean;
}

/** One mass change, in one of many ways, of which no more may come about than the limit lets through. */
export async function attempt(random: Random, place: HoldsPlace, app: string): Promise<AttemptResult> {
  const backend = new MemoryBackend();
  await backend.open();
  const people: string[] = [];
  const many = 20 + random.below(60);
  for (let n = 0; n < many; n += 1)
    people.push((await backend.create(call, User, { userName: `person${n}`, title: 'Engineer', active: true })).id);
  const kind = random.pick(KINDS);
  const limit = { count: random.below(12), percent: random.below(40) };
  const all = Object.fromEntries(KINDS.map((one) => [one, LOOSE])) as Record<Kind, typeof LOOSE>;
  // Half of the people is too much of anything.
  const limits: Limits = { ...all, [kind]: limit, enabled: true, window: 24 * HOUR };
  const mass = await MASS[kind]({ backend, random, people });
  const most = mostAllowed(kind, limit.count, limit.percent, mass.there);
  let now = Date.UTC(2026, 0, 5);
  const [deaths, refusals] = [random.pick([0, 0, 0.02, 0.2]), random.pick([0, 0, 0.1])];
  const clock = (): number => now;
  const ledger = (): Ledger => place.ledger(clock);
  const options = { ledger, backend, app, limits, now: clock, random: random.fork(), deaths, refusals };
  const processes = Array.from({ length: 1 + random.below(2) }, () => new HoldsProcess(options));
  const abreast = random.pick([1, 1, 4, 16, 100]);
  const drip = random.happens(0.3) && !place.isTimely ? Math.floor((23 * HOUR) / (2 * mass.writes.length + 2)) : 0;
  const isSame = random.happens(0.5);
  const run = async (write: Write): Promise<void> => {
    const process = random.pick(processes);
    if (random.happens(0.02)) process.restart();
    now += drip;
    try {
      await write(process.service);
    } catch (error) {
      if (!(error instanceof Died || error instanceof ScimError)) throw error;
    }
  };
  const order = isSame ? mass.writes : [...mass.writes].sort(() => random.next() - 0.5);
  // Whatever is not answered is repeated.
  const queue = [...order, ...order];
  for (let at = 0; at < queue.length; at += abreast) await Promise.all(queue.slice(at, at + abreast).map(run));
  for (const process of processes) await process.close();
  const done = await mass.done();
  const died = processes.reduce((sum, one) => sum + one.deaths, 0);
  const how = `${kind} of ${mass.there}, ${JSON.stringify(limit)}: ${done} came about, ${most} are let through`;
  // What is deleted makes the rest fewer, and members leave several at a time.
  const isExact = died === 0 && refusals === 0 && ['deactivations', 'renames', 'overwrites'].includes(kind);
  const isWrong = done > most || (isExact && done < Math.min(most, mass.there));
  return { deaths: died, writes: queue.length, ...(isWrong ? { failure: `${app}: ${how}` } : {}) };
}
