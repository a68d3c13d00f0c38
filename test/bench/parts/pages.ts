import { Client } from '../load.ts';
import type { Part } from '../part.ts';
import { databaseOf, PAGE } from '../people.ts';
import { shortly } from '../report.ts';
import { median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

const USERS = 100_000;
const ROUNDS = 3;

interface Import {
  readonly seconds: number;
  /** Of the server, a page. Unit: ms. */
  readonly cpu: number;
  /** The last pages to the first. */
  readonly growth: number;
}

/** Everybody as the agent asks: one page after the other. */
async function importAll(client: Client, server: ServerProcess): Promise<Import> {
  const times: number[] = [];
  const [begun, before] = [performance.now(), server.cpu];
  for (let start = 1; start <= USERS; start += PAGE) {
    const sent = performance.now();
    const { status, text } = await client.send('GET', `/Users?startIndex=${start}&count=${PAGE}`);
    if (status !== 200 || !text.includes(`"totalResults":${USERS}`)) throw new Error(`page ${start}: ${status}`);
    times.push(performance.now() - sent);
  }
  return {
    seconds: (performance.now() - begun) / 1000,
    cpu: (server.cpu - before) / times.length,
    growth: median(times.slice(-50)) / median(times.slice(0, 50)),
  };
}

/** An import from SQLite. */
export const pages: Part = {
  name: 'pages',
  async run(report, folder) {
    const server = await ServerProcess.onFile(folder, databaseOf(folder, USERS));
    const client = new Client(server.url, { token: TOKEN });
    await importAll(client, server);
    const rounds: Import[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await importAll(client, server));
    const cpu = median(rounds.map((one) => one.cpu));
    await report.row('pages.import', 'import of 100,000 people from SQLite', { atMost: 2.5 }, () => ({
      value: median(rounds.map(({ seconds }) => seconds)),
      unit: 's',
      beside: `pages of ${PAGE}, one after the other`,
    }));
    await report.row('pages.cpu', 'a page of 200, CPU', { atMost: 3.6 }, () => ({ value: cpu, unit: 'ms' }));
    await report.row('pages.flat', 'the last pages to the first', { atMost: 1.2 }, () => ({
      value: median(rounds.map(({ growth }) => growth)),
    }));
    await report.row('pages.memory', 'resident memory after four imports', { atMost: 150 }, () => {
      const { now, peak } = server.memory;
      return { value: now, unit: 'MB', beside: `highest ${shortly(peak)} MB` };
    });
    client.close();
    await server.stop();
  },
};
