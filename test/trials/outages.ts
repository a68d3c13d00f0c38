import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../connector/simulator/random.ts';
import type { DirectoryLab } from '../support/directories/directory-lab.ts';
import { TcpRelay } from '../support/tcp-relay.ts';
import { serveDirectory, startDirectory } from './directory-servers.ts';
import type { Account } from './ledger.ts';
import { lookForAll, lookForEach, MarkingClient } from './marking-client.ts';
import type { Bench, Figures } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const CLIENTS = 8;
/** A title may have 128 characters in some directories. */
const LONGEST_MARK = 60;
/** Answers that say that the directory is away, or did not confirm. */
const AWAY = new Set([429, 503, 504]);

const OUTAGES = ['reset', 'end', 'mute', 'freeze', 'kill'] as const;

/** Takes the directory away at a moment when clients write, and gives it back. */
async function interrupt(lab: DirectoryLab, relay: TcpRelay, how: (typeof OUTAGES)[number], ms: number): Promise<void> {
  if (how === 'kill') {
    await lab.kill();
    await pause(ms);
    await lab.start();
    return;
  }
  // Answers, or all that passes, are held back for a while: what was sent then was done, or was not.
  relay.isMute = how === 'mute';
  relay.isFrozen = how === 'freeze';
  await pause(how === 'reset' || how === 'end' ? 0 : ms);
  relay.cut(how === 'end' ? 'end' : 'reset');
  relay.isMute = false;
  relay.isFrozen = false;
}

async function untilBack(server: TrialServer): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    if ((await server.send('GET', '/Users?count=1')).status === 200) return;
    await pause(100);
  }
  throw new Error('the connector does not find back to the directory within a minute');
}

async function writeThrough(
  bench: Bench,
  server: TrialServer,
  clients: readonly MarkingClient[],
  outage: () => Promise<void>,
) {
  let acknowledged = 0;
  let isOver = false;
  const writing = clients.map(async (client) => {
    while (!isOver) {
      if (await client.write(server, bench.fail)) acknowledged += 1;
      else await pause(20);
    }
  });
  const outaging = (async () => {
    await pause(100 + bench.random.below(200));
    await outage();
    await untilBack(server);
    isOver = true;
  })();
  await Promise.all([outaging, ...writing]);
  return acknowledged;
}

/** A directory that goes away, in five ways, while eight clients write to it through the connector. */
export async function outages(bench: Bench, count: number): Promise<Figures> {
  const lab = await startDirectory(bench, 'openldap');
  const relay = await new TcpRelay(lab.securePort).listen();
  bench.whenOver(() => relay.close());
  const server = await serveDirectory(bench, lab, 'outages', relay.port);
  const everybody: Account[] = [];
  let acknowledged = 0;
  for (let round = 0; round < count; round += 1) {
    const clients = Array.from({ length: CLIENTS }, (_, index) => {
      const random = new Random(bench.seed * 1000 + round * CLIENTS + index);
      const leavesOpen = (status: number): boolean => AWAY.has(status);
      return new MarkingClient({ name: `outage${round}-client${index}`, random, longest: LONGEST_MARK, leavesOpen });
    });
    const how = OUTAGES[round % OUTAGES.length] ?? 'reset';
    const ms = bench.random.below(1_500);
    acknowledged += await writeThrough(bench, server, clients, () => interrupt(lab, relay, how, ms));
    const accounts = clients.flatMap((client) => client.accounts);
    await lookForEach(server, accounts, (text) => bench.fail(`outage ${round} (${how}): ${text}`));
    everybody.push(...accounts);
  }
  await lookForAll(server, everybody, bench.fail);
  return { outages: count, 'acknowledged through them': acknowledged };
}
