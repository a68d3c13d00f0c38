import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../../connector/simulator/random.ts';
import { scaled } from '../../support/pace.ts';
import type { Account } from '../ledger.ts';
import { lookForEach, MarkingClient } from '../marking-client.ts';
import type { Bench, Figures } from '../trial.ts';
import { CountingClient } from './counting-client.ts';
import { GoingOn } from './going-on.ts';
import { DEADLINE, type Pair } from './pair.ts';
import type { PostgresStore } from './postgres-store.ts';
import { AWAY, ReadingClient } from './reading-client.ts';
import { make } from './settling.ts';

/** Of each connector. */
const WRITERS = 4;
const COUNTERS = 2;
const LONGEST_MARK = 500;
/** Writing before the outage and after it. Unit: ms. */
const BEFORE = 400;
const AFTER = 1_000;

/** Until a node has to be of use again once everything else is. Unit: ms. */
const RECOVERY = 30_000;

interface Outage {
  readonly store: PostgresStore;
  readonly pair: Pair;
  readonly random: Random;
}

/** Longer than the deadline now and then. Unit: ms. */
const aWhile = (random: Random): number => random.pick([300, 1_500, 7_000]);

/** The standby takes over: Patroni does that, and ends what was the primary. */
async function failOver({ store }: Outage, befall: 'kill' | 'freeze' | 'stop'): Promise<void> {
  await store.servers.primary[befall]();
  const former = await store.servers.promote();
  if (befall !== 'freeze') return;
  // A machine that was paused wakes up and does not know that it is no primary any more; soon somebody tells it.
  await pause(AFTER);
  former.thaw();
  await pause(AFTER);
  await former.kill();
}

/** What may become of the database, or of the way to it. */
const OUTAGES = {
  restarted: ({ store }: Outage) => store.servers.primary.restart(),
  killed: async ({ store, random }: Outage) => {
    await store.servers.primary.kill();
    await pause(aWhile(random));
    await store.servers.primary.start();
  },
  frozen: async ({ store, random }: Outage) => {
    await store.servers.primary.freeze();
    await pause(aWhile(random));
    store.servers.primary.thaw();
  },
  'cut off from one': async ({ pair, random }: Outage) => {
    const { place } = pair.nodes[random.below(2) === 0 ? 0 : 1];
    place.cut();
    await pause(aWhile(random));
    place.mend();
  },
  'failed over, dead': (outage: Outage) => failOver(outage, 'kill'),
  'failed over, in order': (outage: Outage) => failOver(outage, 'stop'),
  'failed over, paused': (outage: Outage) => failOver(outage, 'freeze'),
  'failed over, to a standby that had lost touch': async (outage: Outage) => {
    await outage.store.servers.loseTouch();
    // Whoever waits for a commit gives up meanwhile, and asks again.
    await pause(DEADLINE + AFTER);
    await failOver(outage, 'kill');
  },
} satisfies Record<string, (outage: Outage) => Promise<void>>;

export type OutageName = keyof typeof OUTAGES;

const ALL = Object.keys(OUTAGES) as readonly OutageName[];

/** Each node by itself, however well the other does. @throws Error when one does not find back */
async function untilBack(pair: Pair): Promise<void> {
  const end = performance.now() + scaled(RECOVERY);
  for (const which of [0, 1]) {
    while ((await pair.ask(which, 'GET', '/Users?count=1'))?.status !== 200) {
      if (performance.now() > end) throw new Error(`node ${which + 1} does not find back to the database`);
      await pause(100);
    }
  }
}

/** All that is done to the connectors while the database is away. */
class Round {
  acknowledged = 0;
  readonly accounts: Account[] = [];
  #isOver = false;

  async run(bench: Bench, pair: Pair, name: string, work: Work, outage: () => Promise<void>): Promise<void> {
    const random = new Random(bench.random.below(1e9));
    const marking = Array.from({ length: 2 * WRITERS }, (_, index) => {
      const segment = index % 4 < 2 ? ('v1' as const) : ('v2' as const);
      const options = { random: random.fork(), longest: LONGEST_MARK, segment, leavesOpen: (s: number) => AWAY.has(s) };
      return new MarkingClient({ name: `${name}-client${index}`, ...options });
    });
    const fail = (text: string): void => bench.fail(`${name}: ${text}`);
    const tasks: ((client: GoingOn, impatient: GoingOn) => Promise<unknown>)[] = [
      ...marking.map((one, index) => async (client: GoingOn, impatient: GoingOn) => {
        if (await one.write(index % 2 === 0 ? client : impatient, fail)) this.acknowledged += 1;
        else await pause(20);
      }),
      ...work.counters.map((one) => (client: GoingOn) => one.count(client, fail)),
      ...work.readers.map((one) => (_: GoingOn, impatient: GoingOn) => one.read(impatient, fail)),
    ];
    const working = tasks.map(async (task, index) => {
      const [client, impatient] = [new GoingOn(pair, index), new GoingOn(pair, index, false)];
      while (!this.#isOver) await task(client, impatient);
    });
    try {
      await pause(BEFORE);
      for (const node of pair.nodes) node.takeLongestPause();
      await outage();
      await untilBack(pair);
      await pause(AFTER);
    } finally {
      this.#isOver = true;
      await Promise.allSettled(working);
    }
    await Promise.all(working);
    for (const one of marking) this.accounts.push(...one.accounts);
  }
}

interface Work {
  readonly counters: readonly CountingClient[];
  readonly readers: readonly ReadingClient[];
}

/** PostgreSQL goes away in every way there is, while clients of both connectors write and read. */
export async function outages(
  bench: Bench,
  pair: Pair,
  {
    store,
    people,
    count,
    kinds = ALL,
  }: {
    readonly store: PostgresStore;
    readonly people: ReadonlyMap<string, string>;
    readonly count: number;
    /** In turns. */
    readonly kinds?: readonly OutageName[] | undefined;
  },
): Promise<Figures> {
  const client = new GoingOn(pair, 0);
  const counter = `/Users/${await make(client, '/Users', { userName: 'counter-of-outages', name: { familyName: 'Counter' } })}`;
  const work: Work = {
    counters: Array.from({ length: COUNTERS }, (_, own) => new CountingClient(counter, own, COUNTERS)),
    readers: Array.from({ length: COUNTERS }, () => new ReadingClient(people, bench.random.fork())),
  };
  const everybody: Account[] = [];
  const pauses = new Map<string, number>();
  let acknowledged = 0;
  for (let number = 0; number < count; number += 1) {
    const name = kinds[number % kinds.length] ?? 'restarted';
    if (name.startsWith('failed over')) {
      await store.servers.follow();
      for (const node of pair.nodes) await node.restart();
    }
    const round = new Round();
    const outage = (): Promise<void> => OUTAGES[name]({ store, pair, random: bench.random });
    await round.run(bench, pair, `outage ${number} (${name})`, work, outage);
    const paused = Math.max(...pair.nodes.map((node) => node.takeLongestPause()));
    pauses.set(name, Math.max(paused, pauses.get(name) ?? 0));
    for (const which of [0, 1])
      await lookForEach(new GoingOn(pair, which), round.accounts, (text) =>
        bench.fail(`outage ${number} (${name}): ${text}`),
      );
    everybody.push(...round.accounts);
    acknowledged += round.acknowledged;
  }
  await lookForEach(client, everybody, bench.fail);
  return {
    outages: count,
    'acknowledged through them': acknowledged,
    ...Object.fromEntries([...pauses].map(([name, ms]) => [`ms at most of nothing done (${name})`, ms])),
    'read meanwhile': work.readers.reduce((sum, { answered }) => sum + answered, 0),
  };
}
