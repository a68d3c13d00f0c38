import { join } from 'node:path';
import type { Part } from '../part.ts';
import { databaseOf, name, PAGE, userId } from '../people.ts';
import { shortly } from '../report.ts';
import { alternating, median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';
import { hammer } from '../wire.ts';

const USERS = 10_000;
const CONNECTIONS = 16;
const ROUNDS = 7;
const SECONDS = 0.8;

const floor = (file: string): string => join(import.meta.dirname, '..', 'floors', file);

/** What a small request costs, beside servers that only answer. */
export const requests: Part = {
  name: 'requests',
  async run(report, folder) {
    const ours = await ServerProcess.onFile(folder, databaseOf(folder, USERS));
    const koa = await ServerProcess.start(folder, [], { script: floor('bare-koa.ts') });
    const bare = await ServerProcess.start(folder, [], { script: floor('bare-http.cjs') });
    const { pathname, host } = new URL(ours.url);
    const asking = (path: string): string =>
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${TOKEN}\r\nAccept: application/json\r\n\r\n`;
    const byName = (n: number): string =>
      `${pathname}/Users?filter=${encodeURIComponent(`userName eq "${name((n * 7919) % USERS)}"`)}&startIndex=1&count=${PAGE}`;
    const load = (server: ServerProcess, path: (n: number) => string) => async () => {
      let perSecond = 0;
      const cpu = await server.costOf(async () => {
        const done = await hammer(server.url, CONNECTIONS, SECONDS, (n) => asking(path(n)));
        perSecond = done.perSecond;
        return done;
      });
      return { perSecond, cpu };
    };
    const all = {
      get: load(ours, (n) => `${pathname}/Users/${userId((n * 7919) % USERS)}`),
      eq: load(ours, byName),
      koa: load(koa, () => '/'),
      bare: load(bare, () => '/'),
    };
    // Until everything is compiled.
    await alternating(2, all);
    const results = await alternating(ROUNDS, all);
    const rate = (of: keyof typeof results): number => median(results[of].map(({ perSecond }) => perSecond));
    const cpu = (of: keyof typeof results): number => median(results[of].map((one) => one.cpu));
    const beside = (of: keyof typeof results): string =>
      `${shortly(rate(of))}/s; bare Koa with the same log ${shortly(rate('koa'))}/s, bare node:http ${shortly(rate('bare'))}/s`;
    const costs = `bare Koa ${shortly(cpu('koa'))} ms, bare node:http ${shortly(cpu('bare'))} ms`;
    for (const [of, what] of [
      ['get', 'GET by id'],
      ['eq', 'userName eq'],
    ] as const) {
      await report.row(`requests.${of}`, `${what}, 16 connections, to bare Koa`, { atLeast: 0.5 }, () => ({
        value: rate(of) / rate('koa'),
        beside: beside(of),
      }));
    }
    await report.row('requests.get-cpu', 'GET by id, CPU', { atMost: 0.11 }, () => ({
      value: cpu('get'),
      unit: 'ms',
      beside: `${costs}; userName eq ${shortly(cpu('eq'))} ms`,
    }));
    await Promise.all([ours.stop(), koa.stop(), bare.stop()]);
  },
};
