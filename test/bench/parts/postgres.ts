import { join } from 'node:path';
import { missingPostgres } from '../../support/postgres/installed.ts';
import { RawPostgres } from '../floors/postgres.ts';
import { type Import, importAll } from '../import-all.ts';
import { Client, rate } from '../load.ts';
import type { Part } from '../part.ts';
import { name, PAGE, user } from '../people.ts';
import { PostgresBench } from '../postgres-server.ts';
import { type Report, shortly } from '../report.ts';
import { alternating, median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';
import { walkThrough } from '../walk-through.ts';

const USERS = 100_000;
const MANY = 1_000_000;
const CONNECTIONS = 16;
/** The connector's own pool. */
const POOL = 10;
const ROUNDS = 5;
const SECONDS = 2;

const eq = (n: number): string => `filter=${encodeURIComponent(`userName eq "${name((n * 7919) % USERS)}"`)}`;

async function imports(report: Report, bench: PostgresBench, server: ServerProcess, client: Client): Promise<void> {
  if (!report.wants('postgres.import') && !report.wants('postgres.flat') && !report.wants('postgres.memory')) return;
  await importAll(client, server, USERS);
  const rounds: Import[] = [];
  const asked = await bench.askedFor(async () => {
    for (let round = 0; round < 3; round += 1) rounds.push(await importAll(client, server, USERS));
  });
  const pages = (3 * USERS) / PAGE;
  await report.row('postgres.import', 'import of 100,000 people from PostgreSQL', { atMost: 15 }, () => ({
    value: median(rounds.map(({ seconds }) => seconds)),
    unit: 's',
    beside: `a page: ${shortly(median(rounds.map(({ cpu }) => cpu)))} ms of CPU, ${shortly(asked.transactions / pages)} transactions, ${shortly(asked.rows / pages)} rows read`,
  }));
  await report.row('postgres.flat', 'the last pages to the first', { atMost: 1.2 }, () => ({
    value: median(rounds.map(({ growth }) => growth)),
  }));
  await report.row('postgres.memory', 'resident memory after four imports', { atMost: 180 }, () => {
    const { now, peak } = server.memory;
    return { value: now, unit: 'MB', beside: `highest ${shortly(peak)} MB` };
  });
}

async function lookups(report: Report, raw: RawPostgres, server: ServerProcess, client: Client): Promise<void> {
  await report.row('postgres.eq', 'userName eq, 16 at a time, to raw pooled pg', { atLeast: 0.3 }, async () => {
    let asked = 0;
    const before = server.cpu;
    const results = await alternating(ROUNDS, {
      raw: () => raw.search(CONNECTIONS, SECONDS, (n) => String((n * 7919) % USERS)),
      ours: () => rate(CONNECTIONS, { seconds: SECONDS }, () => client.send('GET', `/Users?${eq(asked++)}`)),
    });
    const [ours = 0, floor = 1] = [results.ours, results.raw].map((of) => median(of.map((one) => one.perSecond)));
    const cpu = shortly((server.cpu - before) / asked);
    return { value: ours / floor, beside: `${shortly(ours)}/s, ${cpu} ms of CPU each; raw ${shortly(floor)}/s` };
  });
}

async function creates(
  report: Report,
  { raw, server, client, folder }: { raw: RawPostgres; server: ServerProcess; client: Client; folder: string },
): Promise<void> {
  if (!report.wants('postgres.create')) return;
  const beside = await ServerProcess.onFile(folder, join(folder, 'beside.db'));
  const other = new Client(beside.url, { token: TOKEN, connections: CONNECTIONS });
  let next = USERS;
  const made = { ours: 0, sqlite: 0 };
  const createOn = (where: keyof typeof made) =>
    rate(CONNECTIONS, { seconds: SECONDS }, () => {
      made[where] += 1;
      return (where === 'ours' ? client : other).send('POST', '/Users', user(next++));
    });
  await createOn('ours');
  await createOn('sqlite');
  await report.row('postgres.create', 'POST, 16 at a time, to the same on SQLite', { atLeast: 0.7 }, async () => {
    const before = { ours: server.cpu, sqlite: beside.cpu };
    made.ours = 0;
    made.sqlite = 0;
    const results = await alternating(ROUNDS, {
      raw: () => raw.insert(CONNECTIONS, SECONDS),
      sqlite: () => createOn('sqlite'),
      ours: () => createOn('ours'),
    });
    const perSecond = (of: readonly { readonly perSecond: number }[]): number => median(of.map((one) => one.perSecond));
    const [ours, sqlite] = [perSecond(results.ours), perSecond(results.sqlite)];
    const cpu = {
      ours: shortly((server.cpu - before.ours) / made.ours),
      sqlite: shortly((beside.cpu - before.sqlite) / made.sqlite),
    };
    return {
      value: ours / sqlite,
      beside: `${shortly(ours)}/s, ${cpu.ours} ms of CPU each; SQLite ${shortly(sqlite)}/s, ${cpu.sqlite} ms; raw pg, one row a commit: ${shortly(perSecond(results.raw))}/s`,
    };
  });
  other.close();
  await beside.stop();
}

/** PostgreSQL on the same disk, beside pooled `pg` alone and beside SQLite. */
export const postgres: Part = {
  name: 'postgres',
  async run(report, folder) {
    const missing = await missingPostgres();
    if (missing !== undefined) return report.skip('postgres', missing);
    const bench = await PostgresBench.start(folder);
    const raw = await RawPostgres.open(bench.url, POOL, USERS);
    await bench.fill(USERS);
    const server = await bench.serve();
    const client = new Client(server.url, { token: TOKEN, connections: CONNECTIONS });
    await imports(report, bench, server, client);
    await lookups(report, raw, server, client);
    await creates(report, { raw, server, client, folder });
    client.close();
    await server.stop();
    await raw.close();
    await bench.remove();
  },
};

/** A million people in PostgreSQL. */
export const postgresWalk: Part = {
  name: 'postgres-walk',
  async run(report, folder) {
    const missing = await missingPostgres();
    if (missing !== undefined) return report.skip('postgres-walk', missing);
    const bench = await PostgresBench.start(folder);
    await bench.fill(MANY);
    const server = await bench.serve();
    const client = new Client(server.url, { token: TOKEN });
    const byNumber = await importAll(client, server, MANY);
    await report.row('postgres-walk.import', 'the last pages of 1,000,000 to the first', { atMost: 1.2 }, () => ({
      value: byNumber.growth,
      beside: `${shortly(byNumber.seconds)} s, a page ${shortly(byNumber.cpu)} ms of CPU`,
    }));
    const cursors = new Client(server.url.replace(/v1$/, 'v2'), { token: TOKEN });
    const { first, last, pages, seconds } = await walkThrough(cursors, server, MANY);
    await report.row('postgres-walk.flat', 'the same with cursors, CPU', { atMost: 1.2 }, () => ({
      value: last / first,
      beside: `${shortly(first)} and ${shortly(last)} ms; ${pages} pages in ${shortly(seconds)} s`,
    }));
    await report.row('postgres-walk.memory', 'resident memory after both', { atMost: 200 }, () => {
      const { now, peak } = server.memory;
      return { value: now, unit: 'MB', beside: `highest ${shortly(peak)} MB` };
    });
    client.close();
    cursors.close();
    await server.stop();
    await bench.remove();
  },
};
