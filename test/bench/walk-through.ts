import type { Client } from './load.ts';
import { PAGE } from './people.ts';
import type { ServerProcess } from './server-process.ts';

/** Pages at either end that are compared. */
const SAMPLE = 100;

/** How a walk with cursors (RFC 9865) went. */
export interface Walk {
  /** A page among the first and among the last, of the server. Unit: ms of CPU. */
  readonly first: number;
  readonly last: number;
  readonly pages: number;
  readonly seconds: number;
}

/** @throws Error unless everybody was shown, once */
export async function walkThrough(client: Client, server: ServerProcess, users: number): Promise<Walk> {
  const begun = performance.now();
  const seen = new Set<string>();
  const costs: number[] = [];
  let before = server.cpu;
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { status, text } = await client.send('GET', `/Users?count=${PAGE}&cursor=${cursor}`);
    const { nextCursor, Resources } = JSON.parse(text) as { nextCursor?: string; Resources: { id: string }[] };
    if (status !== 200) throw new Error(text);
    for (const { id } of Resources) seen.add(id);
    cursor = nextCursor;
    costs.push(server.cpu - before);
    before = server.cpu;
  }
  const seconds = (performance.now() - begun) / 1000;
  if (seen.size !== users) throw new Error(`${seen.size} of ${users} were shown`);
  const cpuOf = (pages: readonly number[]): number => pages.reduce((sum, one) => sum + one, 0) / pages.length;
  return { first: cpuOf(costs.slice(0, SAMPLE)), last: cpuOf(costs.slice(-SAMPLE)), pages: costs.length, seconds };
}
