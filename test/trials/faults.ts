import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkIntegrity } from '../../connector/backend/sqlite/file/integrity.ts';
import { Random } from '../../connector/simulator/random.ts';
import type { Account } from './ledger.ts';
import { lookForEach, MarkingClient } from './marking-client.ts';
import { imageAfter, noted, operationsIn } from './power-cut.ts';
import type { Bench, Trial } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const CLIENTS = 8;
/** Writes after the first refused one: a server that goes on must stay right. */
const REFUSED = 20;
/** Without a fault by then the writing ends. Unit: writes. */
const MOST_WRITES = 400;
const DATABASE = 'connector.db';

/** One round: a folder of its own, what is written, and what is known of it. */
interface Round {
  readonly bench: Bench;
  readonly folder: string;
  readonly random: Random;
  readonly clients: readonly MarkingClient[];
}

const hasStrace = (): boolean => spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0;

/** Writes until enough was refused or acknowledged. @param during  is told how many were acknowledged */
async function write(
  { bench, clients }: Round,
  server: TrialServer,
  { most, during = () => {} }: { readonly most: number; readonly during?: (acknowledged: number) => void },
): Promise<{ readonly acknowledged: number; readonly refused: number }> {
  let [acknowledged, refused] = [0, 0];
  await Promise.all(
    clients.map(async (client) => {
      while (refused < REFUSED && acknowledged < most) {
        if (await client.write(server, bench.fail)) {
          acknowledged += 1;
          during(acknowledged);
        } else refused += 1;
      }
    }),
  );
  return { acknowledged, refused };
}

/** All that was acknowledged is there after a start like any other. */
async function examine(round: Round, what: string, accounts: readonly Account[], folder = round.folder): Promise<void> {
  const fail = (text: string): void => round.bench.fail(`${what}: ${text}`);
  const server = await round.bench.serve({ folder });
  await lookForEach(server, accounts, fail);
  await server.stop();
  for (const problem of checkIntegrity(join(folder, DATABASE))) fail(`integrity: ${problem}`);
}

const accountsOf = ({ clients }: Round): readonly Account[] => clients.flatMap(({ accounts }) => accounts);

/** A limit on the size of files stands for the full disk. */
async function fullDisk(round: Round): Promise<number> {
  // Unit: blocks of 1024 bytes.
  const limit = 500 + round.random.below(1_500);
  const wrapped = (command: readonly string[]) => ['bash', '-c', `ulimit -f ${limit}; exec "$0" "$@"`, ...command];
  const server = await round.bench.serve({ folder: round.folder, wrapped });
  const { acknowledged, refused } = await write(round, server, { most: 5_000 });
  if (refused < REFUSED) round.bench.fail(`full disk: only ${refused} writes were refused`);
  if ((await server.send('GET', '/Users?count=1')).status !== 200) round.bench.fail('full disk: nothing can be read');
  await server.kill();
  await examine(round, 'full disk', accountsOf(round));
  return acknowledged;
}

/** A disk that fails to sync: once, or from then on. */
async function failingSync(round: Round): Promise<number> {
  await (await round.bench.serve({ folder: round.folder })).stop();
  const when = `${5 + round.random.below(25)}${round.random.pick(['', '+'])}`;
  const file = join(round.folder, DATABASE);
  const wrapped = (command: readonly string[]) => [
    ...['strace', '-D', '-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-P', file, '-P', `${file}-wal`],
    ...['-e', 'trace=fdatasync,fsync', '-e', `inject=fdatasync,fsync:error=EIO:when=${when}`],
    ...command,
  ];
  const server = await round.bench.serve({ folder: round.folder, wrapped });
  const { acknowledged, refused } = await write(round, server, { most: MOST_WRITES });
  if (refused === 0) round.bench.fail(`a sync that fails (${when}): no write was refused`);
  await server.kill();
  await examine(round, `a sync that fails (${when})`, accountsOf(round));
  return acknowledged;
}

/** The database file is renamed, or another takes its place, under the running server. */
async function fileGone(round: Round): Promise<number> {
  const server = await round.bench.serve({ folder: round.folder });
  const file = join(round.folder, DATABASE);
  const replaces = round.random.below(2) === 0;
  await write(round, server, { most: 1 + round.random.below(60) });
  renameSync(file, `${file}.away`);
  if (replaces) cpSync(`${file}.away`, file);
  // All of these begin when the file has gone.
  const { acknowledged } = await write(round, server, { most: REFUSED });
  const how = replaces ? 'replaced' : 'renamed';
  if (acknowledged > 0) round.bench.fail(`a ${how} file: ${acknowledged} writes were acknowledged afterwards`);
  await server.kill();
  renameSync(`${file}.away`, file);
  await examine(round, `a ${how} file`, accountsOf(round));
  return accountsOf(round).length;
}

/** The power fails: what was not synced may be there or not, sector by sector. */
async function powerCut(round: Round): Promise<number> {
  const { bench, folder, random } = round;
  await (await bench.serve({ folder })).stop();
  const before = new Map([[DATABASE, readFileSync(join(folder, DATABASE))]]);
  const journal = join(folder, 'journal');
  const files = [join(folder, DATABASE), join(folder, `${DATABASE}-wal`)];
  const server = await bench.serve({ folder, wrapped: (command) => noted(command, journal, files) });
  const { acknowledged } = await write(round, server, { most: 50 + random.below(100) });
  await server.kill();
  const operations = operationsIn(journal);
  if (operations.length < acknowledged / CLIENTS) throw new Error(`only ${operations.length} operations were noted`);
  const count = 1 + random.below(operations.length);
  const image = join(folder, 'image');
  mkdirSync(image);
  cpSync(join(folder, 'tls'), join(image, 'tls'), { recursive: true });
  for (const [name, content] of imageAfter(operations, count, before, random))
    writeFileSync(join(image, name), content);
  // Later ones cannot be there; what was acknowledged before must be.
  const at = operations[count]?.at ?? Number.POSITIVE_INFINITY;
  const accounts = accountsOf(round).map((account) => account.asOf(at));
  await examine(round, `power cut after ${count} of ${operations.length} operations`, accounts, image);
  rmSync(image, { recursive: true, force: true });
  return acknowledged;
}

const kinds = (): readonly ((round: Round) => Promise<number>)[] =>
  hasStrace() ? [powerCut, failingSync, fileGone, fullDisk] : [fileGone, fullDisk];

export const faults: Trial = {
  promise:
    'a full disk, a failing sync, a power cut, a file that goes: what was acknowledged is there, the rest was refused',
  counts: 'faults',
  count: 24,
  patience: 30,
  run: async (bench) => {
    let acknowledged = 0;
    const tried = kinds();
    for (let number = 0; number < bench.count; number += 1) {
      const random = new Random(bench.seed * 1000 + number);
      const folder = join(bench.folder, `fault-${number}`);
      mkdirSync(folder);
      const leavesOpen = (status: number): boolean => status === 503 || status === 429;
      const clients = Array.from({ length: CLIENTS }, (_, index) => {
        const own = new Random(random.below(1e9));
        return new MarkingClient({ name: `client${index}`, random: own, longest: 3_000, leavesOpen });
      });
      const kind = tried[number % tried.length];
      acknowledged += (await kind?.({ bench, folder, random, clients })) ?? 0;
      rmSync(folder, { recursive: true, force: true });
    }
    return { 'acknowledged writes': acknowledged, 'kinds of fault': tried.length };
  },
};
