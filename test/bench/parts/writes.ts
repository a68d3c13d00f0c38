import { join } from 'node:path';
import { RawCommits } from '../floors/sqlite.ts';
import { Client, rate } from '../load.ts';
import type { Part } from '../part.ts';
import { user } from '../people.ts';
import { shortly } from '../report.ts';
import { alternating, median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

const CREATES = 1000;
/** Timed one after the other, for as many. */
const SINGLE = 250;
const CONNECTIONS = 16;
const ROUNDS = 5;
const SECONDS = 1.5;

const bulkOf = (first: number): object => ({
  schemas: ['urn:scim:schemas:core:1.0'],
  Operations: Array.from({ length: CREATES }, (_, n) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${n}`,
    data: { schemas: ['urn:scim:schemas:core:1.0'], userName: `bulk${first + n}`, name: { familyName: 'Bulk' } },
  })),
});

/** Durable writes, beside SQLite committing one row after the other. */
export const writes: Part = {
  name: 'writes',
  async run(report, folder) {
    const raw = new RawCommits(folder);
    const server = await ServerProcess.onFile(folder, join(folder, 'written.db'));
    const client = new Client(server.url, { token: TOKEN, connections: CONNECTIONS });
    let next = 0;
    const create = () => rate(CONNECTIONS, { seconds: SECONDS }, () => client.send('POST', '/Users', user(next++)));
    const floor = async () => raw.rate(SECONDS);
    await create();
    await report.row('writes.create', 'POST, 16 at a time, to single-row commits', { atLeast: 1.5 }, async () => {
      const results = await alternating(ROUNDS, { floor, create });
      const [perSecond, commits] = [median(results.create.map((one) => one.perSecond)), median(results.floor)];
      return {
        value: perSecond / commits,
        beside: `${shortly(perSecond)}/s; raw SQLite, one row a commit: ${shortly(commits)}/s`,
      };
    });
    const bulk = async (): Promise<number> => {
      const body = bulkOf(next);
      next += CREATES;
      const started = performance.now();
      const { status, text } = await client.send('POST', '/Bulk', body);
      const made = text.split('"status":{"code":"201"').length - 1;
      if (status !== 200 || made !== CREATES) throw new Error(`bulk: ${status}, ${made} made: ${text.slice(0, 300)}`);
      return (performance.now() - started) / 1000;
    };
    const single = async (): Promise<number> => {
      const started = performance.now();
      for (let n = 0; n < SINGLE; n += 1) await client.send('POST', '/Users', user(next++));
      return ((performance.now() - started) / 1000) * (CREATES / SINGLE);
    };
    await report.row('writes.bulk', 'bulk of 1,000 creates, to one after the other', { atMost: 0.2 }, async () => {
      const results = await alternating(3, { single, bulk });
      const [together, alone] = [median(results.bulk), median(results.single)];
      return { value: together / alone, beside: `${shortly(together)} s; one after the other ${shortly(alone)} s` };
    });
    client.close();
    raw.close();
    await server.stop();
  },
};
