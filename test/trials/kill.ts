import { join } from 'node:path';
import { checkIntegrity } from '../../connector/backend/sqlite/file/integrity.ts';
import { Random } from '../../connector/simulator/random.ts';
import type { Account } from './ledger.ts';
import { lookForAll, lookForEach, MarkingClient } from './marking-client.ts';
import { type Bench, type Trial, VERSIONS } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const CLIENTS = 16;
/** Rows of one page and of several. */
const LONGEST_MARK = 3_000;
/** Acknowledged writes before the server may die, at most. */
const MOST_WRITES = 120;

/** Writes until the process is killed under it. @returns acknowledged writes */
async function writeAndKill(bench: Bench, server: TrialServer, clients: readonly MarkingClient[]): Promise<number> {
  const enough = 1 + bench.random.below(MOST_WRITES);
  const delay = bench.random.below(20);
  let acknowledged = 0;
  let killed: Promise<void> | undefined;
  const kill = (): void => {
    killed ??= new Promise((resolve) => setTimeout(resolve, delay)).then(() => server.kill());
  };
  await Promise.all(
    clients.map(async (client) => {
      try {
        for (;;) {
          if (await client.write(server, bench.fail)) acknowledged += 1;
          if (acknowledged >= enough) kill();
        }
      } catch (error) {
        // Without an answer because it is dead: what a client sees of it.
        if (!killed) throw error;
      }
    }),
  );
  await killed;
  return acknowledged;
}

export const kill: Trial = {
  promise: 'after kill -9 at any moment every acknowledged write is there, and none is half done',
  counts: 'kills',
  count: 25,
  versions: VERSIONS,
  patience: 30,
  run: async (bench) => {
    const everybody: Account[] = [];
    let acknowledged = 0;
    let server = await bench.serve();
    for (let round = 1; round <= bench.count; round += 1) {
      const clients = Array.from({ length: CLIENTS }, (_, index) => {
        const random = new Random(bench.seed * 1000 + round * CLIENTS + index);
        const name = `round${round}-client${index}`;
        const speaks20 = bench.version === '2.0' || (bench.version === 'mixed' && index % 2 === 1);
        const segment = speaks20 ? 'v2' : 'v1';
        return new MarkingClient({ name, segment, random, longest: LONGEST_MARK, leavesOpen: () => false });
      });
      acknowledged += await writeAndKill(bench, server, clients);
      server = await bench.serve();
      const accounts = clients.flatMap((client) => client.accounts);
      await lookForEach(server, accounts, bench.fail);
      everybody.push(...accounts);
    }
    await lookForAll(server, everybody, bench.fail);
    await server.stop();
    for (const problem of checkIntegrity(join(bench.folder, 'connector.db'))) bench.fail(`integrity: ${problem}`);
    return { 'acknowledged writes': acknowledged, people: everybody.filter(({ isThere }) => isThere).length };
  },
};
