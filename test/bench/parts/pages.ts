import { type Import, importAll } from '../import-all.ts';
import { Client } from '../load.ts';
import type { Part } from '../part.ts';
import { databaseOf, PAGE } from '../people.ts';
import { shortly } from '../report.ts';
import { median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

const USERS = 100_000;
const ROUNDS = 3;

/** An import from SQLite. */
export const pages: Part = {
  name: 'pages',
  async run(report, folder) {
    const server = await ServerProcess.onFile(folder, databaseOf(folder, USERS));
    const client = new Client(server.url, { token: TOKEN });
    await importAll(client, server, USERS);
    const rounds: Import[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await importAll(client, server, USERS));
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
