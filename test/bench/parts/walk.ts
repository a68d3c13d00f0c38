import { Client } from '../load.ts';
import type { Part } from '../part.ts';
import { databaseOf } from '../people.ts';
import { shortly } from '../report.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';
import { walkThrough } from '../walk-through.ts';

const USERS = 1_000_000;

/** A walk with cursors (RFC 9865) through a million people, in SQLite. */
export const walk: Part = {
  name: 'walk',
  async run(report, folder) {
    const server = await ServerProcess.onFile(folder, databaseOf(folder, USERS));
    const client = new Client(server.url.replace(/v1$/, 'v2'), { token: TOKEN });
    const { first, last, pages, seconds } = await walkThrough(client, server, USERS);
    await report.row('walk.flat', 'the last pages of 1,000,000 to the first, CPU', { atMost: 1.2 }, () => ({
      value: last / first,
      beside: `${shortly(first)} and ${shortly(last)} ms; ${pages} pages in ${shortly(seconds)} s`,
    }));
    await report.row('walk.memory', 'resident memory after the walk', { atMost: 200 }, () => {
      const { now, peak } = server.memory;
      return { value: now, unit: 'MB', beside: `highest ${shortly(peak)} MB` };
    });
    client.close();
    await server.stop();
  },
};
