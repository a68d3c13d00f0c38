import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Okta, type OktaOptions } from '../../connector/simulator/company/okta.ts';
import { HttpClient } from '../../connector/simulator/http-client.ts';
import type { FlavourName } from '../support/directories/flavours.ts';
import { serveDirectory, startDirectory } from './directory-servers.ts';
import type { Straight } from './straight.ts';
import { comparePasswords, compareStraight } from './straight.ts';
import { readDirectory } from './straight-directory.ts';
import { readFile } from './straight-sqlite.ts';
import type { Bench, Trial } from './trial.ts';
import { TOKEN, type TrialServer } from './trial-server.ts';

export type StoreName = 'sqlite' | FlavourName;

/** A year of changes in a minute is more than an app may do in a day. */
const UNLIMITED = { CONNECTOR_APPS__DEFAULT__LIMITS__ENABLED: 'false' };

/** SQLite takes most of them, because it takes more of them in a second. */
const SHARES: Readonly<Record<StoreName, number>> = { sqlite: 5, openldap: 1, '389ds': 1, samba: 1 };

interface Served {
  /** Several, where several can serve one store. */
  readonly servers: readonly TrialServer[];
  readonly store: OktaOptions['store'];
  read(): Promise<Straight>;
}

/** @param nodes  connectors before a directory */
async function serve(bench: Bench, name: StoreName, nodes: number): Promise<Served> {
  if (name === 'sqlite') {
    const folder = join(bench.folder, 'sqlite');
    mkdirSync(folder);
    return {
      servers: [await bench.serve({ folder, env: UNLIMITED })],
      store: { atomic: true, appends: true, custom: true, description: true },
      read: async () => readFile(join(folder, 'connector.db')),
    };
  }
  const lab = await startDirectory(bench, name);
  return {
    servers: await Promise.all(
      Array.from({ length: nodes }, (_, i) => serveDirectory(bench, lab, `${name}-${i + 1}`, undefined, UNLIMITED)),
    ),
    store: { atomic: false, appends: false, custom: false, description: true },
    read: () => readDirectory(lab),
  };
}

/** One client that trusts all: connectors of one store have an authority each. */
function senderTo(servers: readonly TrialServer[]): OktaOptions['sender'] & { close(): void } {
  const clients = servers.map(({ url, authority }) => [url, new HttpClient({ ca: authority })] as const);
  return {
    send: (method, url, headers, body) => {
      const [, client] = clients.find(([base]) => url.startsWith(`${base}/`)) ?? [];
      if (!client) throw new Error(`nobody is at ${url}`);
      return client.send(method, url, headers, body);
    },
    close: () => clients.forEach(([, client]) => void client.close()),
  };
}

/** @param nodes  connectors before each directory */
export const agentOn = (names: readonly StoreName[], nodes = 2): Trial => ({
  promise: 'whatever befalls its messages, what Okta believes of everybody is what the store holds',
  counts: 'messages',
  count: 4000,
  patience: 0.2,
  run: async (bench) => {
    const all = names.reduce((sum, name) => sum + SHARES[name], 0);
    const figures: Record<string, number> = {};
    for (const name of names) {
      const { servers, store, read } = await serve(bench, name, nodes);
      const sender = senderTo(servers);
      bench.whenOver(() => sender.close());
      const messages = Math.max(100, Math.round((bench.count * SHARES[name]) / all));
      const most = Math.min(1000, Math.max(30, Math.round(messages / 40)));
      const okta = new Okta({
        nodes: servers.map(({ url }) => url),
        sender,
        random: bench.random.fork(),
        store,
        most,
        agent: { headers: { Authorization: `Bearer ${TOKEN}` } },
      });
      await okta.work(messages);
      const { users, groups } = await okta.compare();
      const straight = await read();
      const passwords = await comparePasswords({ users }, okta.beliefs, straight);
      const wrong = [...okta.beliefs.divergences, ...compareStraight(users, groups, straight), ...passwords.wrong];
      for (const sentence of wrong) bench.fail(`${name}: ${sentence}`);
      figures[`on ${name}`] = okta.messages;
      for (const [what, count] of Object.entries({
        ...okta.disturbed,
        refused: okta.refused,
        users: users.length,
        matched: okta.company.matched,
        passwords: passwords.tried,
      })) {
        figures[what] = (figures[what] ?? 0) + count;
      }
    }
    return figures;
  },
});

export const agent = agentOn(['sqlite', 'openldap', '389ds', 'samba']);
