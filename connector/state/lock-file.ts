import { randomUUID } from 'node:crypto';
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A holder works for milliseconds; after this long it is dead, also when it was on another machine. Unit: ms. */
const ABANDONED_AFTER = 30_000;

/** What this process holds: a lock file with our own process id that is not in here is left from an earlier life. */
const held = new Set<string>();

/**
 * A file that is there while somebody holds the lock, and says who. Node has no flock: taking over from the dead renames
 * the file first, so that two rivals cannot both remove it.
 */
export class LockFile {
  readonly #path: string;
  readonly #owner = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  #claimed = false;

  constructor(path: string) {
    this.#path = path;
    held.add(this.#owner);
  }

  /** @returns whether the lock is ours now */
  claim(): boolean {
    let handle: number;
    try {
      handle = openSync(this.#path, 'wx', 0o600);
    } catch (cause) {
      // Windows answers EPERM while a removed lock is still open somewhere.
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false;
      throw cause;
    }
    try {
      writeFileSync(handle, this.#owner);
      this.#claimed = true;
      return true;
    } catch (cause) {
      // A full disk. A lock of nobody would have to grow old first.
      rmSync(this.#path, { force: true });
      throw cause;
    } finally {
      closeSync(handle);
    }
  }

  /** Removes the file when its holder is dead. @returns whether another attempt is worth it at once */
  takeAway(): boolean {
    const owner = read(this.#path);
    if (owner === undefined) return true;
    if (!isAbandoned(this.#path, owner)) return false;
    const aside = `${this.#path}.${randomUUID()}`;
    try {
      renameSync(this.#path, aside);
    } catch {
      return true;
    }
    try {
      // A rival took the dead lock over between our look and our rename: what we moved is alive, so it goes back.
      if (read(aside) !== owner) linkSync(aside, this.#path);
    } catch {
      // A third one claimed the name meanwhile; its holder and ours both finish in milliseconds.
    } finally {
      rmSync(aside, { force: true });
    }
    return true;
  }

  release(): void {
    if (this.#claimed) rmSync(this.#path, { force: true });
    held.delete(this.#owner);
  }
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
