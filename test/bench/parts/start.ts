import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../load.ts';
import type { Part } from '../part.ts';
import { databaseOf } from '../people.ts';
import { shortly } from '../report.ts';
import { alternating, median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

const ROUNDS = 7;
/** Until the server has given back what the start took. Unit: ms. */
const REST = 12_000;
const BARE = join(import.meta.dirname, '..', 'floors', 'bare-http.cjs');

/** From nothing to an answer, and what is resident then. */
export const start: Part = {
  name: 'start',
  async run(report, folder) {
    const file = databaseOf(folder, 100);
    const first = (starting: () => Promise<ServerProcess>, path: string) => async () => {
      const begun = performance.now();
      const server = await starting();
      const client = new Client(server.url, { token: TOKEN });
      const { status } = await client.send('GET', path);
      if (status !== 200) throw new Error(`unexpected ${status}`);
      const result = { cpu: server.cpu, time: performance.now() - begun };
      client.close();
      await server.stop();
      return result;
    };
    const all = {
      ours: first(() => ServerProcess.onFile(folder, file), '/Users?count=1'),
      bare: first(() => ServerProcess.start(folder, [], { script: BARE }), '/'),
    };
    await all.ours();
    const results = await alternating(ROUNDS, all);
    const cpu = (of: keyof typeof results): number => median(results[of].map((one) => one.cpu));
    await report.row('start.first', 'start to the first 200, CPU, to bare node:http', { atMost: 1.7 }, () => ({
      value: cpu('ours') / cpu('bare'),
      beside: `${shortly(cpu('ours'))} ms, ${shortly(median(results.ours.map(({ time }) => time)))} ms by the clock; bare node:http ${shortly(cpu('bare'))} ms`,
    }));
    const resting = await ServerProcess.onFile(folder, file);
    const atOnce = resting.memory.now;
    await pause(REST);
    await report.row('start.idle', 'resident memory at rest', { atMost: 85 }, () => ({
      value: resting.memory.now,
      unit: 'MB',
      beside: `${shortly(atOnce)} MB at the start`,
    }));
    await resting.stop();
  },
};
