import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, rate } from '../load.ts';
import type { Part } from '../part.ts';
import { user } from '../people.ts';
import { type Figure, shortly } from '../report.ts';
import { alternating, median } from '../rounds.ts';
import { ServerProcess, TOKEN } from '../server-process.ts';

const CONNECTIONS = 16;
const ROUNDS = 7;
const REQUESTS = 1500;
const PEOPLE = 600;
const PAGE = 200;

/** One server with a journal or without, its client, and the ids of the people in it. */
class Side {
  readonly #server: ServerProcess;
  readonly #client: Client;
  readonly #ids: string[] = [];
  #next = 0;

  private constructor(server: ServerProcess) {
    this.#server = server;
    this.#client = new Client(server.url, { token: TOKEN, connections: CONNECTIONS });
  }

  static async start(folder: string, enabled: boolean): Promise<Side> {
    mkdirSync(folder);
    const words = ['--backend', 'sqlite', '--db', join(folder, 'people.db'), '--http'];
    const env = { CONNECTOR_JOURNAL__ENABLED: String(enabled) };
    const side = new Side(await ServerProcess.start(folder, words, { env }));
    await side.create(PEOPLE);
    return side;
  }

  async #send(method: string, path: string, body?: unknown): Promise<string> {
    const { status, text } = await this.#client.send(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 200)}`);
    return text;
  }

  /** What `work` takes of a core, so many times, sixteen at a time. Unit: ms each. */
  #cost(requests: number, work: (n: number) => Promise<unknown>): Promise<number> {
    let begun = 0;
    return this.#server.costOf(async () => {
      const lane = async (): Promise<void> => {
        while (begun < requests) await work(begun++);
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, lane));
      // The journal is written behind the answers.
      await new Promise((resolve) => setTimeout(resolve, 400));
      return { count: requests };
    });
  }

  create = (requests = REQUESTS): Promise<number> =>
    this.#cost(requests, async () => {
      const { id } = JSON.parse(await this.#send('POST', '/Users', user(this.#next++))) as { readonly id: string };
      if (this.#ids.length < PEOPLE) this.#ids.push(id);
    });

  put = (): Promise<number> => {
    const stamp = String(performance.now());
    return this.#cost(REQUESTS, (n) =>
      this.#send('PUT', `/Users/${this.#ids[n % PEOPLE]}`, {
        ...user(n % PEOPLE),
        userName: `put${n % PEOPLE}`,
        title: `${stamp} ${n}`,
      }),
    );
  };

  get = (): Promise<number> => this.#cost(REQUESTS * 2, (n) => this.#send('GET', `/Users/${this.#ids[n % PEOPLE]}`));

  page = (): Promise<number> =>
    this.#cost(60, (n) => this.#send('GET', `/Users?startIndex=${1 + (n % 3) * PAGE}&count=${PAGE}`));

  /** Creates in a second, as they are answered. */
  async perSecond(): Promise<number> {
    const { perSecond } = await rate(CONNECTIONS, { seconds: 1.5 }, () =>
      this.#client.send('POST', '/Users', user(this.#next++)),
    );
    return perSecond;
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#server.stop();
  }
}

/** What the journal costs: the same work with it and without, in turns. */
export const journal: Part = {
  name: 'journal',
  async run(report, folder) {
    const [kept, plain] = [await Side.start(join(folder, 'on'), true), await Side.start(join(folder, 'off'), false)];
    const compared = async (work: (side: Side) => Promise<number>, unit: string): Promise<Figure> => {
      const { on, off } = await alternating(ROUNDS, { on: () => work(kept), off: () => work(plain) });
      const ratios = on.map((one, index) => one / (off[index] ?? Number.NaN));
      return {
        value: median(ratios),
        beside: `with ${shortly(median(on))} ${unit}, without ${shortly(median(off))} ${unit}`,
      };
    };
    const cpu = 'ms of a core';
    await report.row('journal.create', 'POST, 16 at a time, in a second, to without', { atLeast: 0.9 }, () =>
      compared((side) => side.perSecond(), '/s'),
    );
    await report.row('journal.create-cpu', 'the same, work, to without', { atMost: 1.25 }, () =>
      compared((side) => side.create(), cpu),
    );
    await report.row('journal.put', 'PUT, work, to without', { atMost: 1.25 }, () =>
      compared((side) => side.put(), cpu),
    );
    await report.row('journal.import', 'page of 200, work, to without', { atMost: 1.05 }, () =>
      compared((side) => side.page(), cpu),
    );
    await report.row('journal.get', 'GET of one, work, to without', { atMost: 1.05 }, () =>
      compared((side) => side.get(), cpu),
    );
    await Promise.all([kept.stop(), plain.stop()]);
  },
};
