import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Okta, type OktaOptions } from '../../connector/simulator/company/okta.ts';
import { HttpClient } from '../../connector/simulator/http-client.ts';
import { agent11, agent20 } from '../../connector/simulator/manner/agent.ts';
import { cloud, wizard } from '../../connector/simulator/manner/cloud.ts';
import { entra } from '../../connector/simulator/manner/entra.ts';
import type { Manner } from '../../connector/simulator/manner/manner.ts';
import type { FlavourName } from '../support/directories/flavours.ts';
import { CONNECTOR } from '../support/postgres/roles.ts';
import { serveDirectory, startDirectory } from './directory-servers.ts';
import type { Straight } from './straight.ts';
import { comparePasswords, compareStraight } from './straight.ts';
import { readDirectory } from './straight-directory.ts';
import { readDatabase } from './straight-postgres.ts';
import { readFile } from './straight-sqlite.ts';
import { type Bench, type Figures, type Spoken, type Trial, VERSIONS } from './trial.ts';
import { TOKEN, type TrialServer } from './trial-server.ts';
import { DatabaseServers, tomlFor } from './two-nodes/database-servers.ts';

export type StoreName = 'sqlite' | 'postgres' | FlavourName;

/** A year of changes in a minute is more than an app may do in a day. */
const UNLIMITED = { CONNECTOR_APPS__DEFAULT__LIMITS__ENABLED: 'false' };

/** SQLite takes most of them, because it takes more of them in a second. */
const SHARES: Readonly<Record<StoreName, number>> = { sqlite: 5, postgres: 5, openldap: 1, '389ds': 1, samba: 1 };

/** Who speaks, one company after another; within a company several at once. */
const CLIENTS: Readonly<Record<Spoken, readonly (readonly Manner[])[]>> = {
  '1.1': [[agent11]],
  '2.0': [[agent20], [cloud], [wizard], [entra]],
  mixed: [[agent11, agent20]],
};

/** Bodies of others than the agent hold neither custom attributes nor a description. */
const isAgent = (manner: Manner): boolean => manner === agent11 || manner === agent20;

interface Served {
  /** Several, where several can serve one store. */
  readonly servers: readonly TrialServer[];
  readonly store: OktaOptions['store'];
  read(): Promise<Straight>;
}

/**
 * @param nodes  connectors before a store that takes several
 * @param company  a word for its folders
 */
async function serve(bench: Bench, name: StoreName, nodes: number, company: string): Promise<Served> {
  if (name === 'sqlite') {
    const folder = join(bench.folder, `sqlite-${company}`);
    mkdirSync(folder);
    return {
      servers: [await bench.serve({ folder, env: UNLIMITED })],
      store: { atomic: true, appends: true, custom: true, description: true },
      read: async () => readFile(join(folder, 'connector.db')),
    };
  }
  if (name === 'postgres') {
    const [place, servers] = [join(bench.folder, `postgres-${company}`), await DatabaseServers.start(bench)];
    const file = join(place, 'connector.toml');
    mkdirSync(place);
    writeFileSync(file, tomlFor(servers.authorityFile, [`127.0.0.1:${servers.primary.port}`]));
    const start = (node: number): Promise<TrialServer> => {
      const folder = join(place, `node-${node}`);
      mkdirSync(folder);
      const env = { ...UNLIMITED, DATABASE_PASSWORD: CONNECTOR.password };
      return bench.serve({ folder, words: ['--config', file], env });
    };
    const started: TrialServer[] = [];
    for (let node = 1; node <= nodes; node += 1) started.push(await start(node));
    return {
      servers: started,
      store: { atomic: true, appends: true, custom: true, description: true },
      read: () => readDatabase((text) => servers.ask(text)),
    };
  }
  const lab = await startDirectory(bench, name);
  return {
    servers: await Promise.all(
      Array.from({ length: nodes }, (_, i) =>
        serveDirectory(bench, lab, `${name}-${company}-${i + 1}`, undefined, UNLIMITED),
      ),
    ),
    store: { atomic: false, appends: false, custom: false, description: true },
    read: () => readDirectory(lab),
  };
}

/** One client that trusts all: connectors of one store have an authority each. */
function senderTo(servers: readonly TrialServer[]): OktaOptions['sender'] & { close(): void } {
  const clients = servers.map(
    ({ url, authority }) => [new URL(url).origin, new HttpClient({ ca: authority })] as const,
  );
  return {
    send: (method, url, headers, body) => {
      const [, client] = clients.find(([origin]) => url.startsWith(`${origin}/`)) ?? [];
      if (!client) throw new Error(`nobody is at ${url}`);
      return client.send(method, url, headers, body);
    },
    close: () => clients.forEach(([, client]) => void client.close()),
  };
}

/** One company on one store. @returns figures, summed up by the caller */
async function employ(
  bench: Bench,
  name: StoreName,
  nodes: number,
  manners: readonly Manner[],
  messages: number,
): Promise<Figures> {
  const who = manners.map((manner) => manner.name).join(' and ');
  const { servers, store, read } = await serve(bench, name, nodes, who.replaceAll(' ', '-'));
  const sender = senderTo(servers);
  bench.whenOver(() => sender.close());
  const plain = manners.every(isAgent) ? {} : { custom: false, description: false };
  const okta = new Okta({
    nodes: servers.map(({ url }) => url),
    sender,
    random: bench.random.fork(),
    manners,
    store: { ...store, ...plain },
    most: Math.min(1000, Math.max(30, Math.round(messages / 40))),
    agent: { headers: { Authorization: `Bearer ${TOKEN}` } },
  });
  await okta.work(messages);
  const { users, groups } = await okta.compare();
  const straight = await read();
  const passwords = await comparePasswords({ users }, okta.beliefs, straight);
  const wrong = [...okta.beliefs.divergences, ...compareStraight(users, groups, straight), ...passwords.wrong];
  for (const sentence of wrong) bench.fail(`${who} on ${name}: ${sentence}`);
  return {
    [`on ${name}`]: okta.messages,
    ...okta.disturbed,
    refused: okta.refused,
    users: users.length,
    matched: okta.company.matched,
    passwords: passwords.tried,
  };
}

/** @param nodes  connectors before each store that takes several */
export const agentOn = (names: readonly StoreName[], nodes = 2): Trial => ({
  promise: 'whatever befalls its messages, what Okta believes of everybody is what the store holds',
  counts: 'messages',
  count: 4000,
  versions: VERSIONS,
  patience: 0.2,
  run: async (bench) => {
    const all = names.reduce((sum, name) => sum + SHARES[name], 0);
    const companies = CLIENTS[bench.version];
    const sums: Record<string, number> = {};
    for (const name of names) {
      const messages = Math.max(100, Math.round((bench.count * SHARES[name]) / all / companies.length));
      for (const manners of companies) {
        const figures = await employ(bench, name, nodes, manners, messages);
        for (const [what, count] of Object.entries(figures)) sums[what] = (sums[what] ?? 0) + count;
      }
    }
    return sums;
  },
});

export const agent = agentOn(['sqlite', 'postgres', 'openldap', '389ds', 'samba']);
