/** Where a directory server of a test listens: nowhere that another one does, in this or any other test process. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { claimOneOf } from './claim.ts';
import type { Flavour } from './flavours.ts';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly securePort: number;
}

/** Below those that the kernel gives to clients: no connection of anybody can come to have one of them. */
const PORTS = Array.from({ length: 6_000 }, (_, number) => 20_000 + 2 * number);
/** Any address of 127/8 answers without being configured. */
const ADDRESSES = Array.from(
  { length: 10_000 },
  (_, number) => `127.77.${number % 250}.${1 + Math.floor(number / 250)}`,
);

async function isFree(host: string, port: number): Promise<boolean> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

const from = <T>(all: readonly T[], start: number): readonly T[] => [...all.slice(start), ...all.slice(0, start)];

/** Until the process ends. */
export async function claimEndpoint({ fixedPorts }: Pick<Flavour, 'fixedPorts'>): Promise<Endpoint> {
  if (fixedPorts) {
    const [port, securePort] = [389, 636];
    const isUnused = async (host: string): Promise<boolean> =>
      (await isFree(host, port)) && (await isFree(host, securePort));
    const host = await claimOneOf('address', from(ADDRESSES, process.pid % ADDRESSES.length), isUnused);
    return { host, port, securePort };
  }
  const host = '127.0.0.1';
  const isUnused = async (port: number): Promise<boolean> =>
    (await isFree(host, port)) && (await isFree(host, port + 1));
  const port = await claimOneOf('port', from(PORTS, process.pid % PORTS.length), isUnused);
  return { host, port, securePort: port + 1 };
}
