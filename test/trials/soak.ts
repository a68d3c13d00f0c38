import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settle } from './load.ts';
import type { Bench, Trial } from './trial.ts';
import type { TrialServer } from './trial-server.ts';

const PEOPLE = 5000;
const CLIENTS = 8;
/** Rounds in which caches fill; growth is judged from there on. */
const WARM = 4;
/** Of the resident memory after them. */
const MOST_GROWTH = 1.15;

/** Resident memory of a process. Unit: MB. */
function residentOf(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** One thing that an agent does, and what it leaves behind is undone. @returns how many requests it took */
async function act(
  { random, fail }: Bench,
  server: TrialServer,
  ids: readonly string[],
  name: string,
): Promise<number> {
  let sent = 0;
  const send = async (method: string, path: string, status: number, body?: unknown): Promise<string> => {
    const answer = await server.send(method, path, body);
    sent += 1;
    if (answer.status !== status) fail(`${method} ${path} was answered ${answer.status}: ${answer.text.slice(0, 200)}`);
    return answer.text;
  };
  const id = random.pick(ids);
  const kind = random.below(20);
  if (kind === 0) {
    const members = Array.from({ length: 500 }, () => ({ value: random.pick(ids) }));
    const group = JSON.parse(await send('POST', '/Groups', 201, { displayName: name, members })) as { id: string };
    await send('PATCH', `/Groups/${group.id}`, 200, { members: [{ value: id }] });
    await send('DELETE', `/Groups/${group.id}`, 200);
  } else if (kind === 1) await send('GET', `/Users?startIndex=${1 + random.below(PEOPLE - 200)}&count=200`, 200);
  else if (kind < 6) {
    const user = JSON.parse(await send('POST', '/Users', 201, { userName: name })) as { id: string };
    await send('PUT', `/Users/${user.id}`, 200, { userName: name, title: 'x'.repeat(random.below(3000)) });
    await send('DELETE', `/Users/${user.id}`, 200);
  } else if (kind < 12)
    await send('GET', `/Users?filter=${encodeURIComponent(`userName eq "${id}@corp.example"`)}`, 200);
  else await send('GET', `/Users/${id}`, 200);
  return sent;
}

/** @param round  unit: ms */
export const soakOf = (round: number): Trial => ({
  promise: 'an agent that never rests is answered right all the time, in memory that does not grow',
  counts: 'minutes',
  count: 20,
  patience: 90,
  run: async (bench) => {
    const ids = await settle(bench.folder, PEOPLE);
    const file = join(bench.folder, 'pid');
    const server = await bench.serve({
      wrapped: (command) => ['/bin/sh', '-c', `echo $$ >'${file}'; exec "$@"`, 'sh', ...command],
    });
    const pid = Number(readFileSync(file, 'utf8'));
    const least: number[] = [];
    let requests = 0;
    for (let minute = 1; minute <= bench.count; minute += 1) {
      const end = performance.now() + round;
      let low = Number.POSITIVE_INFINITY;
      const client = async (index: number): Promise<void> => {
        for (let turn = 0; performance.now() < end; turn += 1) {
          requests += await act(bench, server, ids, `soak-${minute}-${index}-${turn}`);
          low = Math.min(low, residentOf(pid));
        }
      };
      const everybody = async (): Promise<void> => {
        while (performance.now() < end) {
          const { status } = await server.send('GET', '/Users');
          if (status !== 200) bench.fail(`an unpaged list was answered ${status}`);
          await new Promise((resolve) => setTimeout(resolve, round / 6));
        }
      };
      await Promise.all([everybody(), ...Array.from({ length: CLIENTS }, (_, index) => client(index))]);
      least.push(low);
    }
    const [warm = 0] = least.slice(Math.min(WARM, least.length - 1));
    const last = Math.min(...least.slice(-3));
    if (last > warm * MOST_GROWTH)
      bench.fail(`${last.toFixed(0)} MB resident at the end, ${warm.toFixed(0)} when warm`);
    return { requests, 'MB when warm': warm, 'MB at the end': last };
  },
});

export const soak: Trial = soakOf(60_000);
