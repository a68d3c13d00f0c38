/** Things of this machine that one test process may have at a time. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Gives it back. */
export type Release = () => void;

/**
 * Takes the name for this process: a socket without a file (unix(7), "abstract"), so that the kernel gives it back
 * however the process ends. Linux only.
 * @returns nothing when somebody has it
 */
export async function claim(name: string): Promise<Release | undefined> {
  const server = createServer().listen(`\0scim-connector-tests/${name}`).unref();
  try {
    await once(server, 'listening');
    return () => server.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

/** Runs `work` while no other test process runs its own under this name. */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  let release = await claim(name);
  while (!release) {
    await pause(50);
    release = await claim(name);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/** For this process, until it ends. @throws Error when all are taken */
export async function claimOneOf<T>(
  kind: string,
  candidates: readonly T[],
  isFree: (one: T) => Promise<boolean>,
): Promise<T> {
  for (const one of candidates) {
    if ((await claim(`${kind}/${one}`)) && (await isFree(one))) return one;
  }
  throw new Error(`every ${kind} is taken`);
}
