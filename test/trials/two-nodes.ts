import { Random } from '../../connector/simulator/random.ts';
import type { Bench, Trial } from './trial.ts';
import { directoryStore } from './two-nodes/directory-store.ts';
import { GoingOn } from './two-nodes/going-on.ts';
import { type KillsOptions, kills } from './two-nodes/kills.ts';
import { Pair, type SharedStore } from './two-nodes/pair.ts';
import { SameResource } from './two-nodes/same-resource.ts';

const STORES = { openldap: directoryStore } satisfies Record<string, (bench: Bench) => Promise<SharedStore>>;

/** Clients of one person and one group, half of them at either connector. */
const CONTESTANTS = 6;
/** Clashes for each kill. */
const CLASHES = 4;

export const twoNodesOn = (name: keyof typeof STORES, options: KillsOptions): Trial => ({
  promise: 'two connectors on one store are one: when either dies nothing is lost, done twice or told differently',
  counts: 'kills',
  count: 20,
  patience: 60,
  run: async (bench) => {
    const pair = await Pair.start(bench, await STORES[name](bench));
    const killed = await kills(bench, pair, bench.count, options);
    const contestants = Array.from({ length: CONTESTANTS }, (_, index) => new GoingOn(pair, index));
    const same = new SameResource(contestants, new Random(bench.seed), bench.fail);
    await same.run(bench.count * CLASHES);
    return { ...killed, clashes: same.changes, 'ms slowest answer': pair.slowest };
  },
});

export const twoNodes = twoNodesOn('openldap', { people: 20_000, page: 200, writers: 6, longest: 100 });
