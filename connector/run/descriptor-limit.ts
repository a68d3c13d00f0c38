import { readFileSync } from 'node:fs';

/** Files and connections that this process may have open at once, where the system tells (Linux). */
export function descriptorLimit(): number {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Each takes some 60 kB with TLS. */
const MOST = 2000;
/** For the stores, their servers and the log. */
const RESERVED = 256;

/** What a process has open before anybody comes. */
const OWN = 32;

/** Clients' connections that are open at once at most. @param limit  of descriptors */
export const connectionLimit = (limit: number): number =>
  Math.max(4, Math.min(MOST, limit >= 2 * RESERVED ? limit - RESERVED : Math.floor((limit - OWN) / 2)));
