import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { basename } from 'node:path';

/** TCP_LISTEN in proc_pid_net(5). */
const LISTENING = '0A';

/** An IPv4 address as the kernel prints it on the machines we run on: little endian, in hex. */
const kernelAddress = (host: string): string =>
  host
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).padStart(2, '0').toUpperCase())
    .join('');

const isEverywhere = (address: string): boolean => /^0+$/.test(address);

/** Numbers of the sockets that keep `host` and `port` from others. */
function* listeningSockets(port: number, host: string | undefined): Generator<string> {
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6'])
    for (const line of readFileSync(table, 'utf8').trim().split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      const [address = '', digits = ''] = local.split(':');
      if (state !== LISTENING || Number.parseInt(digits, 16) !== port) continue;
      const here = host === undefined || !isIPv4(host) || isEverywhere(address) || address === kernelAddress(host);
      if (here) yield inode;
    }
}

/** Whether a process has one of the sockets open. Those of others are closed to all but root. */
function holdsOne(pid: string, targets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => targets.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}

/**
 * The program that listens at a port, such as "nginx (process 812)"; undefined where the system does not say: Linux
 * does, of one's own processes, and to root of all.
 */
export function portHolder(port: number, host?: string): string | undefined {
  try {
    const targets = new Set([...listeningSockets(port, host)].map((inode) => `socket:[${inode}]`));
    const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && holdsOne(name, targets));
    if (pid === undefined) return undefined;
    const [program = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return `${basename(program)} (process ${pid})`;
  } catch {
    return undefined;
  }
}
