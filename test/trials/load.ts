import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import type { Answered, LargeRequests } from './large-requests.ts';
import type { Bench, Trial } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

export interface LoadOptions {
  readonly people: number;
  readonly lists: number;
  readonly bodies: LargeRequests['bodies'];
  /** Silent TLS connections at once. */
  readonly idle: number;
  /** Longest that 99 of 100 small requests may take. Unit: ms. */
  readonly p99: number;
  /** Unit: MB. */
  readonly resident: number;
}

const FULL: LoadOptions = {
  people: 20_000,
  lists: 30,
  bodies: [{ count: 20, length: 9_000_000 }],
  idle: 2000,
  p99: 100,
  resident: 400,
};

/** What a large request may be answered with: done, refused as too much, told to come back, or not in time. */
const FAIR = new Set(['200', '201', '400', '413', '429', '503']);
const PROBES = 4;

/** @returns ids of some of them */
export async function settle(folder: string, count: number): Promise<readonly string[]> {
  const backend = new SqliteBackend({ file: join(folder, 'connector.db'), passwords: 'discard' });
  await backend.open();
  const people = Array.from({ length: count }, (_, index) => ({
    type: 'User' as const,
    id: `person-${index}`,
    attributes: {
      userName: `person${index}@corp.example`,
      name: { givenName: `Given${index}`, familyName: `Family${index}` },
      displayName: `Given${index} Family${index}`,
      emails: [{ value: `person${index}@corp.example`, type: 'work', primary: true }],
      phoneNumbers: [{ value: `+1 555 ${index}`, type: 'work' }],
      title: 'Engineer',
      active: true,
    },
  }));
  const call = { requestId: 'settle', actor: '', signal: new AbortController().signal };
  await backend.importResources(call, people);
  await backend.close();
  return people.slice(0, 5000).map(({ id }) => id);
}

/** Small requests, one after another on each of a few connections. @returns how long each took. Unit: ms */
async function probe(
  server: TrialServer,
  bench: Bench,
  ids: readonly string[],
  isOver: () => boolean,
): Promise<number[]> {
  const times: number[] = [];
  const work = async (): Promise<void> => {
    while (!isOver() || times.length < 100) {
      const begun = performance.now();
      const { status } = await server.send('GET', `/Users/${bench.random.pick(ids)}`);
      times.push(performance.now() - begun);
      if (status !== 200) bench.fail(`a small request was answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: PROBES }, work));
  return times;
}

async function burst(requests: LargeRequests): Promise<Answered> {
  const worker = new Worker(new URL('./large-requests.ts', import.meta.url), { workerData: requests });
  const [answered] = (await once(worker, 'message')) as [Answered];
  await worker.terminate();
  return answered;
}

/** Silent clients take descriptors; who has something to say is served all the same. */
async function crowd(bench: Bench, server: TrialServer, count: number): Promise<number> {
  const sockets: TLSSocket[] = [];
  bench.whenOver(() => sockets.forEach((socket) => void socket.destroy()));
  for (let from = 0; from < count; from += 50) {
    const some = Array.from({ length: Math.min(50, count - from) }, () =>
      connect({ host: '127.0.0.1', port: server.port, ca: server.authority, servername: 'localhost' }).on(
        'error',
        () => undefined,
      ),
    );
    sockets.push(...some);
    await Promise.all(
      some.map((socket) => Promise.race([once(socket, 'secureConnect'), once(socket, 'close')]).catch(() => undefined)),
    );
  }
  const open = sockets.filter(({ closed }) => !closed).length;
  const { status } = await server.send('GET', '/Users?count=1');
  if (status !== 200) bench.fail(`beside ${open} silent connections a request was answered ${status}`);
  for (const socket of sockets) socket.destroy();
  return open;
}

export const loadOf = (options: LoadOptions): Trial => ({
  promise: 'large requests, and silent clients by the thousand, make nobody wait and fill no memory',
  counts: 'bursts',
  count: 3,
  patience: 180,
  run: async (bench) => {
    const ids = await settle(bench.folder, options.people);
    const server = await bench.serve();
    const times: number[] = [];
    const all: Record<string, number> = {};
    for (let round = 1; round <= bench.count; round += 1) {
      let isOver = false;
      const { url, authority } = server;
      const large = burst({ url, authority, lists: options.lists, bodies: options.bodies, ids, round }).finally(() => {
        isOver = true;
      });
      times.push(...(await probe(server, bench, ids, () => isOver)));
      for (const [status, count] of Object.entries(await large)) {
        all[status] = (all[status] ?? 0) + count;
        if (!FAIR.has(status)) bench.fail(`${count} large requests were answered: ${status}`);
      }
    }
    const silent = await crowd(bench, server, options.idle);
    const folder = join(bench.folder, 'few');
    mkdirSync(folder);
    const few = await bench.serve({
      folder,
      wrapped: (command) => ['/bin/sh', '-c', 'ulimit -n 64; exec "$@"', 'sh', ...command],
    });
    await crowd(bench, few, 200);
    times.sort((a, b) => a - b);
    const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
    if (p99 > options.p99) bench.fail(`1 of 100 small requests took ${p99.toFixed(0)} ms or more; due ${options.p99}`);
    const { resident, turnCpu } = server.strain();
    if (resident > options.resident) bench.fail(`${resident.toFixed(0)} MB resident; due ${options.resident}`);
    const answered = Object.fromEntries(Object.entries(all).map(([status, count]) => [`answered ${status}`, count]));
    return {
      'small requests': times.length,
      'ms p99': p99,
      'ms longest': times.at(-1) ?? 0,
      'ms turn': turnCpu,
      ...answered,
      silent,
    };
  },
});

export const load: Trial = loadOf(FULL);
