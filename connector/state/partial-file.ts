/**
 * Files and folders that are filled beside what they become. Whoever is killed meanwhile leaves one, often with a copy of
 * everybody; its name says who made it, so that the next one who works there removes what the dead have left.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';

/** What SQLite puts beside a database. */
const SIDES = ['', '-journal', '-wal', '-shm'];
const NAME = /\.(\d+)\.([0-9a-f]{8})\.partial(?:-journal|-wal|-shm)?$/;

/** Of another machine nobody can ask whether the process lives; but who lives writes. Unit: ms. */
const ABANDONED_AFTER = 3_600_000;

/** A process id means something within one of these only. */
const PLACE = createHash('sha256').update(`${hostname()} ${processNamespace()}`).digest('hex').slice(0, 8);

/** What this process is filling: another one with our process id is left from an earlier life, as in a container. */
const filling = new Set<string>();

/** A name beside `path` to fill and then rename to it, registered until `dropPartial`. */
export function partialOf(path: string): string {
  const partial = `${path}.${process.pid}.${PLACE}.partial`;
  filling.add(resolve(partial));
  return partial;
}

/** Removes what is left of it, which is nothing when it has been renamed. */
export function dropPartial(partial: string): void {
  filling.delete(resolve(partial));
  for (const side of SIDES) rmSync(`${partial}${side}`, { recursive: true, force: true });
}

export const isPartial = (name: string): boolean => NAME.test(name);

/** Removes from `folder` what processes that are dead were filling there. What cannot be removed stays. */
export function removeAbandoned(folder: string): void {
  for (const name of namesIn(folder)) {
    const [, pid, place] = NAME.exec(name) ?? [];
    if (pid === undefined || !isAbandoned(join(folder, name), Number(pid), place)) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}

function isAbandoned(path: string, pid: number, place: string | undefined): boolean {
  if (place !== PLACE) {
    const made = statSync(path, { throwIfNoEntry: false });
    return made !== undefined && Date.now() - made.mtimeMs > ABANDONED_AFTER;
  }
  if (pid === process.pid) return !filling.has(resolve(path).replace(/-(journal|wal|shm)$/, ''));
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
