import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { readIfPresent, writePrivate } from '../../../state/private-file.ts';
import { syncFolder } from '../../../state/sync-folder.ts';
import { newRunId } from './reserved-names.ts';

/** Something that a run has made, or was about to make. */
export interface Entry {
  readonly type: 'User' | 'Group';
  /** Every name that it may have, all of them of this run. */
  readonly names: readonly string[];
  /** When a creation was asked for to which no reply has come. ISO 8601, UTC. */
  readonly asked?: string;
  /** Absent: no reply has told it. */
  readonly id?: string;
}

/** Where books are kept. */
export interface Shelf {
  readonly folder: string;
  /** Which server they are about: its base URL, or an app of our own configuration, whose address may change. */
  readonly server: string;
  /** Clears up what stands there. Absent: nothing more has to be said than that. */
  readonly clean?: string;
}

interface Content {
  readonly version: 1;
  readonly run: string;
  /** As in `Shelf`. */
  readonly server: string;
  /** Where that was. */
  readonly address: string;
  readonly pid: number;
  readonly host: string;
  readonly entries: readonly Entry[];
}

/** Whoever makes things says so more often than that; beyond it its process id may be another's. Unit: ms. */
const ABANDONED_AFTER = 600_000;

const now = (): string => new Date().toISOString();

/** Runs of this process. */
const open = new Set<string>();

/**
 * Written ahead: what a run is about to make stands here, on the disk, before it is asked for, and stays until it is
 * known to be gone. Holds names and ids, and no credential.
 */
export class Book {
  readonly run: string;
  readonly file: string;
  #content: Content;

  private constructor(file: string, content: Content) {
    this.file = file;
    this.run = content.run;
    this.#content = content;
  }

  /** For a new run; there is no file before the first entry. */
  static begin({ folder, server }: Shelf, address: string): Book {
    const run = newRunId();
    open.add(run);
    return new Book(join(folder, `${run}.json`), {
      version: 1,
      run,
      server,
      address,
      pid: process.pid,
      host: hostname(),
      entries: [],
    });
  }

  /** Of runs against this server that have ended without clearing up. @throws Error for a file that is none of ours */
  static abandoned({ folder, server }: Shelf): readonly Book[] {
    return namesIn(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name))
      .flatMap((file) => {
        const text = readIfPresent(file);
        const content = text === undefined ? undefined : parsed(file, text);
        if (content === undefined || content.server !== server) return [];
        return isAlive(file, content) ? [] : [new Book(file, content)];
      });
  }

  get entries(): readonly Entry[] {
    return this.#content.entries;
  }

  /** On the disk once this returns. @returns the entry as it stands now */
  plan(type: Entry['type'], name: string): Entry {
    const entry: Entry = { type, names: [name], asked: now() };
    this.#write([...this.entries, entry]);
    return entry;
  }

  /** It is about to be asked for once more. */
  planAgain(entry: Entry): Entry {
    return this.#replace(entry, { ...entry, asked: now() });
  }

  /** The reply came. @param name  that it has given to it */
  settle({ asked: _, ...entry }: Entry, id: string, name?: string): Entry {
    const names = name === undefined ? entry.names : [...entry.names, name];
    return this.#replace(entry, { ...entry, id, names });
  }

  /** It is about to be renamed. */
  rename(entry: Entry, name: string): Entry {
    return this.#replace(entry, { ...entry, names: [...entry.names, name] });
  }

  /** It is gone, or somebody else's by now. */
  strike(entry: Entry): void {
    this.#write(this.entries.filter(({ names }) => names[0] !== entry.names[0]));
  }

  /** The run is alive. */
  touch(): void {
    if (this.entries.length > 0) utimesSync(this.file, new Date(), new Date());
  }

  /** What stands in it is another run's to clear up. */
  close(): void {
    open.delete(this.run);
  }

  #replace(entry: Entry, next: Entry): Entry {
    this.#write(this.entries.map((one) => (one.names[0] === entry.names[0] ? next : one)));
    return next;
  }

  #write(entries: readonly Entry[]): void {
    const content = { ...this.#content, entries };
    try {
      if (entries.length > 0) writePrivate(this.file, `${JSON.stringify(content, undefined, 2)}\n`);
      else {
        rmSync(this.file, { force: true });
        syncFolder(dirname(this.file));
      }
    } catch (error) {
      // Without the code of the system's error, which is taken for the network's elsewhere.
      throw new Error(`${this.file}: ${error instanceof Error ? error.message : error}`);
    }
    this.#content = content;
  }
}

function isAlive(file: string, { run, pid, host }: Content): boolean {
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (age > ABANDONED_AFTER) return false;
  if (host !== hostname()) return true;
  if (pid === process.pid) return open.has(run);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

const isEntry = (one: Entry): boolean =>
  ['User', 'Group'].includes(one.type) && one.names.every((name) => typeof name === 'string');

function parsed(file: string, text: string): Content {
  try {
    const content = JSON.parse(text) as Content;
    if (content.version === 1 && typeof content.server === 'string' && content.entries.every(isEntry)) return content;
  } catch {
    // Said below.
  }
  throw new Error(`${file} cannot be read: look in it for what a broken-off run has left, and remove it`);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
