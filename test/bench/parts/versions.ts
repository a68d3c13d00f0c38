import { Client } from '../load.ts';
import type { Part } from '../part.ts';
import { databaseOf, groupId, name, PAGE, userId } from '../people.ts';
import { shortly } from '../report.ts';
import { alternating, median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';
import { hammer } from '../wire.ts';

const USERS = 50_001;
const MEMBERS = 50_000;
const CONNECTIONS = 16;
const ROUNDS = 7;
const SECONDS = 0.5;
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** What SCIM 2.0 costs beside 1.1: one server, both base URLs in turn. */
export const versions: Part = {
  name: 'versions',
  async run(report, folder) {
    const server = await ServerProcess.onFile(folder, databaseOf(folder, USERS, [MEMBERS, 100]));
    const { host } = new URL(server.url);
    const pathOf = { v1: '/scim/v1', v2: '/scim/v2' } as const;
    const asking = (path: string): string =>
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${TOKEN}\r\nAccept: */*\r\n\r\n`;
    const cost = (version: keyof typeof pathOf, path: (n: number) => string) => () =>
      server.costOf(() =>
        hammer(server.url, CONNECTIONS, SECONDS, (n) => asking(pathOf[version] + path((n * 7919) % USERS))),
      );
    const both = (path: (n: number) => string) => ({ v1: cost('v1', path), v2: cost('v2', path) });
    const page = (n: number): string => `/Users?startIndex=${1 + n - (n % PAGE)}&count=${PAGE}`;
    const rows = [
      ['get', 'GET by id', 1.1, (n: number) => `/Users/${userId(n)}`],
      ['eq', 'userName eq', 1.1, (n: number) => `/Users?filter=${encodeURIComponent(`userName eq "${name(n)}"`)}`],
      ['page', `a page of ${PAGE}`, 1.1, page],
      // Each member also says where it is (RFC 7643 §2.4): the answer is twice as long.
      ['group', 'a group of 100', 1.3, () => `/Groups/${groupId(1)}`],
    ] as const;
    for (const [row, what, atMost, path] of rows) {
      if (!report.wants(`versions.${row}`)) continue;
      // Until everything is compiled.
      await alternating(2, both(path));
      await report.row(`versions.${row}`, `${what}, v2 to v1, CPU`, { atMost }, async () => {
        const { v1, v2 } = await alternating(ROUNDS, both(path));
        // Each round beside its neighbour: what disturbs one, disturbs both.
        const ratios = v1.map((one, round) => (v2[round] ?? 0) / one);
        return { value: median(ratios), beside: `v1 ${shortly(median(v1))} ms, v2 ${shortly(median(v2))} ms` };
      });
    }
    const client = new Client(server.url.replace(/v1$/, 'v2'), { token: TOKEN });
    /** CPU of the server. Unit: ms. */
    const spent = async (times: number, send: (n: number) => ReturnType<Client['send']>): Promise<number> => {
      const costs: number[] = [];
      for (let n = -2; n < times; n += 1) {
        const before = server.cpu;
        const { status, text } = await send(n + 2);
        if (status >= 300) throw new Error(`unexpected ${status}: ${text.slice(0, 200)}`);
        if (n >= 0) costs.push(server.cpu - before);
      }
      return median(costs);
    };
    await report.row('versions.without-members', 'a group of 50,000 without members, CPU', { atMost: 5 }, async () => ({
      value: await spent(20, () => client.send('GET', `/Groups/${groupId(0)}?excludedAttributes=members`)),
      unit: 'ms',
    }));
    await report.row('versions.patch', '±1 of 50,000 by PATCH of 2.0, CPU', { atMost: 5 }, async () => ({
      value: await spent(20, (n) => {
        const value = userId(USERS - 1);
        const operation =
          n % 2 === 0
            ? { op: 'add', path: 'members', value: [{ value }] }
            : { op: 'remove', path: `members[value eq "${value}"]` };
        return client.send('PATCH', `/Groups/${groupId(0)}`, { schemas: [PATCH_OP], Operations: [operation] });
      }),
      unit: 'ms',
    }));
    client.close();
    await server.stop();
  },
};
