import { rmSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { readIfPresent, writePrivate } from './private-file.ts';

/** Left by a process that was not stopped. */
export interface Unfinished {
  readonly pid: number;
  /** When it began. ISO 8601, UTC. */
  readonly since: string;
}

function isRunning({ pid, since }: Unfinished): boolean {
  // Of before the machine was started: its number is another one's now.
  if (Date.parse(since) < Date.now() - uptime() * 1000) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function read(file: string): Unfinished | undefined {
  try {
    const text = readIfPresent(file);
    return text === undefined ? undefined : (JSON.parse(text) as Unfinished);
  } catch {
    return undefined;
  }
}

/** `<stateDir>/running.json`, there as long as the connector runs: whoever finds it at the start knows that the last one was not stopped. */
export class RunMarker {
  readonly #file: string;
  #isOurs = false;

  constructor(stateDir: string) {
    this.#file = join(stateDir, 'running.json');
  }

  /** @returns what the process before has left @throws the system's error */
  begin(): Unfinished | undefined {
    const before = read(this.#file);
    // Another connector of the same folder.
    if (before && before.pid !== process.pid && isRunning(before)) return undefined;
    this.#isOurs = true;
    writePrivate(this.#file, `${JSON.stringify({ pid: process.pid, since: new Date().toISOString() })}\n`);
    return before;
  }

  end(): void {
    if (this.#isOurs) rmSync(this.#file, { force: true });
    this.#isOurs = false;
  }
}
