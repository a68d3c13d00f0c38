import type { Client } from './load.ts';
import { PAGE } from './people.ts';
import { median } from './rounds.ts';
import type { ServerProcess } from './server-process.ts';

export interface Import {
  readonly seconds: number;
  /** Of the server, a page. Unit: ms. */
  readonly cpu: number;
  /** The last pages to the first. */
  readonly growth: number;
}

/** Everybody as the agent asks: one page after the other. @throws Error at a page that is not one of `users` */
export async function importAll(client: Client, server: ServerProcess, users: number): Promise<Import> {
  const times: number[] = [];
  const [begun, before] = [performance.now(), server.cpu];
  for (let start = 1; start <= users; start += PAGE) {
    const sent = performance.now();
    const { status, text } = await client.send('GET', `/Users?startIndex=${start}&count=${PAGE}`);
    if (status !== 200 || !text.includes(`"totalResults":${users}`)) throw new Error(`page ${start}: ${status}`);
    times.push(performance.now() - sent);
  }
  return {
    seconds: (performance.now() - begun) / 1000,
    cpu: (server.cpu - before) / times.length,
    growth: median(times.slice(-50)) / median(times.slice(0, 50)),
  };
}
