import { Client } from '../load.ts';
import type { Part } from '../part.ts';
import { databaseOf } from '../people.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

const USERS = 20_000;
const MEMBERS = 10_000;
const AT_ONCE = 20;

/** Lists without `count`, twenty at once: what they hold resident. */
export const lists: Part = {
  name: 'lists',
  async run(report, folder) {
    const groups = Array.from({ length: AT_ONCE }, () => MEMBERS);
    const file = databaseOf(folder, USERS, groups);
    /** A fresh server each, because what was resident once stays. */
    const peakOf = async (paths: readonly string[], connections: number) => {
      const server = await ServerProcess.onFile(folder, file);
      const client = new Client(server.url, { token: TOKEN, connections });
      const statuses = await Promise.all(paths.map(async (path) => (await client.send('GET', path)).status));
      const { peak, now } = server.memory;
      client.close();
      await server.stop();
      const answered = statuses.filter((status) => status === 200).length;
      return {
        value: peak,
        unit: 'MB',
        beside: `${answered} of ${paths.length} answered with 200; ${now} MB afterwards`,
      };
    };
    const people = Array.from({ length: AT_ONCE }, () => '/Users?attributes=userName,name,emails');
    await report.row('lists.people', '20 unpaged lists of 20,000 people at once', { atMost: 200 }, () =>
      peakOf(people, AT_ONCE),
    );
    await report.row('lists.groups', 'a list of 20 groups of 10,000', { atMost: 200 }, () => peakOf(['/Groups'], 1));
  },
};
