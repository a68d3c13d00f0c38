import { Client } from '../load.ts';
import type { Part } from '../part.ts';
import { databaseOf, groupId, userId } from '../people.ts';
import { shortly } from '../report.ts';
import { median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

const SIZES = [50_000, 10_000, 100];
/** Everybody but the last is in the largest. */
const USERS = 50_001;
const ROUNDS = 9;

/** One member more, one less, in groups of several sizes. */
export const groups: Part = {
  name: 'groups',
  async run(report, folder) {
    const server = await ServerProcess.onFile(folder, databaseOf(folder, USERS, SIZES));
    const client = new Client(server.url, { token: TOKEN });
    const schemas = ['urn:scim:schemas:core:1.0'];
    const newcomer = { value: userId(USERS - 1) };
    const patch = (group: number, query: string) => async (round: number) => {
      const members = [{ ...newcomer, ...(round % 2 === 0 ? {} : { operation: 'delete' }) }];
      return client.send('PATCH', `/Groups/${groupId(group)}${query}`, { schemas, members });
    };
    const put = (group: number) => async (round: number) => {
      const members = Array.from({ length: SIZES[group] ?? 0 }, (_, n) => ({ value: userId(n) }));
      if (round % 2 === 0) members.push(newcomer);
      return client.send('PUT', `/Groups/${groupId(group)}`, { schemas, displayName: `group${group}`, members });
    };
    /** CPU of the server, and time: medians. Unit: ms. */
    const measure = async (change: (round: number) => ReturnType<Client['send']>) => {
      const [cpu, time]: [number[], number[]] = [[], []];
      for (let round = -2; round < ROUNDS; round += 1) {
        const [before, started] = [server.cpu, performance.now()];
        const { status, text } = await change(round + 2);
        if (status >= 300) throw new Error(`unexpected ${status}: ${text.slice(0, 200)}`);
        if (round < 0) continue;
        cpu.push(server.cpu - before);
        time.push(performance.now() - started);
      }
      return { value: median(cpu), unit: 'ms', beside: `${shortly(median(time))} ms as the client sees it` };
    };
    const named = '?attributes=displayName';
    await report.row('groups.patch', '±1 of 50,000 by PATCH, SQLite, CPU', { atMost: 5 }, () =>
      measure(patch(0, named)),
    );
    await report.row('groups.patch-100', '±1 of 100 by PATCH, SQLite, CPU', { atMost: 5 }, () =>
      measure(patch(2, named)),
    );
    await report.row('groups.patch-plain', '±1 of 50,000 by PATCH, no attributes named, CPU', { atMost: 5 }, () =>
      measure(patch(0, '')),
    );
    await report.row('groups.put', '±1 of 10,000 by PUT, SQLite, CPU', { atMost: 40 }, () => measure(put(1)));
    client.close();
    await server.stop();
  },
};
