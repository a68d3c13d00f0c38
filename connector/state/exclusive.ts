/** One writer at a time over a file, across processes. */
import { randomUUID } from 'node:crypto';
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { privateFolder } from './private-file.ts';

/** A holder works for milliseconds; after this long it is dead, also when it was on another machine. Unit: ms. */
const ABANDONED_AFTER = 30_000;
/** Unit: ms. */
const RETRY_EVERY = 20;

/** What this process holds: a lock file with our own process id that is not in here is left from an earlier life. */
const held = new Set<string>();

/**
 * Runs `work` while holding `<file>.lock`. Waits for another holder, and takes over the lock of a dead one.
 * Node has no flock; the lock file holds who made it, and taking over renames it first, so that two
 * rivals cannot both remove it.
 */
export async function exclusively<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const owner = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  privateFolder(dirname(file));
  held.add(owner);
  try {
    while (!claim(lock, owner)) {
      if (!takeAway(lock)) await pause(RETRY_EVERY);
    }
    try {
      return await work();
    } finally {
      rmSync(lock, { force: true });
    }
  } finally {
    held.delete(owner);
  }
}

function claim(lock: string, owner: string): boolean {
  let handle: number;
  try {
    handle = openSync(lock, 'wx', 0o600);
  } catch (cause) {
    // Windows answers EPERM while a removed lock is still open somewhere.
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false;
    throw cause;
  }
  try {
    writeFileSync(handle, owner);
    return true;
  } catch (cause) {
    // A full disk. A lock of nobody would have to grow old first.
    rmSync(lock, { force: true });
    throw cause;
  } finally {
    closeSync(handle);
  }
}

function takeAway(lock: string): boolean {
  const owner = read(lock);
  if (owner === undefined) return true;
  if (!isAbandoned(lock, owner)) return false;
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch {
    return true;
  }
  try {
    // A rival took the dead lock over between our look and our rename: what we moved is alive, so it goes back.
    if (read(aside) !== owner) linkSync(aside, lock);
  } catch {
    // A third one claimed the name meanwhile; its holder and ours both finish in milliseconds.
  } finally {
    rmSync(aside, { force: true });
  }
  return true;
}

function read(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
}

function isAbandoned(lock: string, owner: string): boolean {
  const made = statSync(lock, { throwIfNoEntry: false });
  if (made === undefined || Date.now() - made.mtimeMs > ABANDONED_AFTER) return true;
  try {
    const { pid, host } = JSON.parse(owner) as { pid: number; host: string };
    if (host !== hostname()) return false;
    if (pid === process.pid) return !held.has(owner);
    process.kill(pid, 0);
    return false;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
