import { Client } from '../load.ts';
import type { Part } from '../part.ts';
import { databaseOf, PAGE } from '../people.ts';
import { shortly } from '../report.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

const USERS = 1_000_000;
/** Pages at either end that are compared. */
const SAMPLE = 100;

/** A walk with cursors (RFC 9865) through a million people, in SQLite. */
export const walk: Part = {
  name: 'walk',
  async run(report, folder) {
    const server = await ServerProcess.onFile(folder, databaseOf(folder, USERS));
    const client = new Client(server.url.replace(/v1$/, 'v2'), { token: TOKEN });
    const begun = performance.now();
    const seen = new Set<string>();
    const costs: number[] = [];
    let before = server.cpu;
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const { status, text } = await client.send('GET', `/Users?count=${PAGE}&cursor=${cursor}`);
      const { nextCursor, Resources } = JSON.parse(text) as { nextCursor?: string; Resources: { id: string }[] };
      if (status !== 200) throw new Error(text);
      for (const { id } of Resources) seen.add(id);
      cursor = nextCursor;
      costs.push(server.cpu - before);
      before = server.cpu;
    }
    const seconds = (performance.now() - begun) / 1000;
    if (seen.size !== USERS) throw new Error(`${seen.size} of ${USERS} were shown`);
    const cpuOf = (pages: readonly number[]): number => pages.reduce((sum, one) => sum + one, 0) / pages.length;
    const [first, last] = [cpuOf(costs.slice(0, SAMPLE)), cpuOf(costs.slice(-SAMPLE))];
    await report.row('walk.flat', 'the last pages of 1,000,000 to the first, CPU', { atMost: 1.2 }, () => ({
      value: last / first,
      beside: `${shortly(first)} and ${shortly(last)} ms; ${costs.length} pages in ${shortly(seconds)} s`,
    }));
    await report.row('walk.memory', 'resident memory after the walk', { atMost: 200 }, () => {
      const { now, peak } = server.memory;
      return { value: now, unit: 'MB', beside: `highest ${shortly(peak)} MB` };
    });
    client.close();
    await server.stop();
  },
};
