import { Random } from '../../connector/simulator/random.ts';
import type { Bench, Figures, Trial } from './trial.ts';
import { directoryStore } from './two-nodes/directory-store.ts';
import { GoingOn } from './two-nodes/going-on.ts';
import { judgeJournal } from './two-nodes/journal-judge.ts';
import { type KillsOptions, kills } from './two-nodes/kills.ts';
import { type OutageName, outages } from './two-nodes/outages.ts';
import { Pair } from './two-nodes/pair.ts';
import { postgresStore } from './two-nodes/postgres-store.ts';
import { SameResource } from './two-nodes/same-resource.ts';
import { settle } from './two-nodes/settling.ts';

/** Clients of one person and one group, half of them at either connector. */
const CONTESTANTS = 6;

export interface TwoNodesOptions extends KillsOptions {
  /** Whom every import has to show. */
  readonly people: number;
  /** For each kill, one outage of the database and so many clashes. */
  readonly outages: number;
  readonly kinds?: readonly OutageName[];
  readonly clashes: number;
}

async function clash(bench: Bench, pair: Pair, rounds: number): Promise<Figures> {
  const contestants = Array.from({ length: CONTESTANTS }, (_, index) => new GoingOn(pair, index));
  const same = new SameResource(contestants, new Random(bench.seed), bench.fail);
  await same.run(rounds);
  return { 'overlapping changes': same.changes };
}

const promise =
  'two connectors on one store are one: when either dies, or the database, nothing is lost, done twice or told otherwise';

export const twoNodesOn = ({ people, outages: perKill, kinds, clashes, ...options }: TwoNodesOptions): Trial => ({
  promise,
  counts: 'kills',
  count: 20,
  patience: 60,
  run: async (bench) => {
    const store = await postgresStore(bench);
    const pair = await Pair.start(bench, store);
    const due = await settle(new GoingOn(pair, 0), people);
    const acknowledged = new Set<string>();
    pair.acknowledged = acknowledged;
    const killed = await kills(bench, pair, { count: bench.count, due, ...options });
    // Among those that overlap are some that change nothing.
    pair.acknowledged = undefined;
    const overlapped = await clash(bench, pair, Math.ceil(bench.count * clashes));
    pair.acknowledged = acknowledged;
    const away = await outages(bench, pair, { store, people: due, count: Math.ceil(bench.count * perKill), kinds });
    const records = await judgeJournal((text) => store.servers.ask(text), acknowledged, bench.fail);
    return { ...killed, ...overlapped, ...away, records, 'ms slowest answer': pair.slowest };
  },
});

/** Beside a directory that two connectors share with no state of their own in common. */
export const twoNodesOnDirectory = ({ people, clashes, ...options }: TwoNodesOptions): Trial => ({
  promise,
  counts: 'kills',
  count: 20,
  patience: 60,
  run: async (bench) => {
    const pair = await Pair.start(bench, await directoryStore(bench));
    const due = await settle(new GoingOn(pair, 0), people);
    const killed = await kills(bench, pair, { count: bench.count, due, ...options });
    return { ...killed, ...(await clash(bench, pair, Math.ceil(bench.count * clashes))) };
  },
});

export const twoNodes = twoNodesOn({
  people: 20_000,
  page: 200,
  writers: 6,
  longest: 2_000,
  outages: 0.4,
  clashes: 4,
});
