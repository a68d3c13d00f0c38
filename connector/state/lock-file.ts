import { randomUUID } from 'node:crypto';
import { closeSync, linkSync, lstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

  /** Removes the file when its holder is dead. @returns who or what holds it, unless it is gone */
  takeAway(): string | undefined {
    const found = look(this.#path);
    if (found === undefined) return undefined;
    if (!isAbandoned(found)) return found.holder;
    const aside = `${this.#path}.${randomUUID()}`;
    try {
      renameSync(this.#path, aside);
    } catch (cause) {
      return isGone(cause) ? undefined : found.holder;
    }
    try {
      // A rival took the dead lock over between our look and our rename: what we moved is alive, so it goes back.
      if (look(aside)?.identity !== found.identity) linkSync(aside, this.#path);
    } catch {
      // A third one claimed the name meanwhile; its holder and ours both finish in milliseconds.
    } finally {
      rmSync(aside, { force: true });
    }
    return undefined;
  }

  release(): void {
    if (this.#claimed) rmSync(this.#path, { force: true });
    held.delete(this.#owner);
  }
}

/** What stands at the path of a lock. */
interface Found {
  /** What was written into it; undefined when that cannot be read. */
  readonly owner: string | undefined;
  /** In words. */
  readonly holder: string;
  /** Of a file: when it was made, in ms since 1970. Anything else is not ours to take away. */
  readonly made: number | undefined;
  /** Differs from that of any other lock. */
  readonly identity: string;
}

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
const isGone = (cause: unknown): boolean => codeOf(cause) === 'ENOENT';

/** Undefined when nothing is there. What cannot be looked at is there all the same. */
function look(lock: string): Found | undefined {
  let made: number | undefined;
  let identity = '';
  try {
    const stat = lstatSync(lock);
    identity = `${stat.ino} ${stat.mtimeMs}`;
    // A pipe would let nobody go who opens it, a link leads elsewhere.
    if (!stat.isFile()) return { owner: undefined, holder: 'it is no file', made, identity };
    made = stat.mtimeMs;
    const owner = readFileSync(lock, 'utf8');
    return { owner, holder: holderOf(owner), made, identity: `${identity} ${owner}` };
  } catch (cause) {
    if (isGone(cause)) return undefined;
    return { owner: undefined, holder: `it cannot be read (${codeOf(cause)})`, made, identity };
  }
}

const partsOf = (owner: string): { readonly pid: number; readonly host: string } => JSON.parse(owner);

function holderOf(owner: string): string {
  try {
    const { pid, host } = partsOf(owner);
    return `process ${Number(pid)} on ${JSON.stringify(host)} holds it`;
  } catch {
    return 'somebody is writing it';
  }
}

function isAbandoned({ owner, made }: Found): boolean {
  if (made === undefined) return false;
  if (Date.now() - made > ABANDONED_AFTER) return true;
  if (owner === undefined) return false;
  try {
    const { pid, host } = partsOf(owner);
    if (host !== hostname()) return false;
    if (pid === process.pid) return !held.has(owner);
    process.kill(pid, 0);
    return false;
  } catch (cause) {
    return codeOf(cause) === 'ESRCH';
  }
}
