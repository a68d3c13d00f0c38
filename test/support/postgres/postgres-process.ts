import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** State and parent of a process; empty when it is gone. */
function statOf(pid: string): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold anything.
    return stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
  } catch {
    return [];
  }
}

const asServer = (program: string, words: readonly string[]): readonly [string, readonly string[]] =>
  process.getuid?.() === 0
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', program, ...words]]
    : [program, words];

/** A server's process, which is a child of ours, and those that it has made: each is a group of its own. */
export class PostgresProcess {
  readonly #child: ChildProcess;
  #output = '';

  constructor(program: string, words: readonly string[]) {
    const [command, all] = asServer(program, words);
    // PostgreSQL has a process for each connection, which leaves its parent's group.
    this.#child = spawn(command, all, { cwd: '/', detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child.stderr?.on('data', (bytes: Buffer) => {
      this.#output = (this.#output + bytes.toString()).slice(-20_000);
    });
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The end of what it has logged. */
  get output(): string {
    return this.#output;
  }

  /** To the server itself, which tells its own. */
  send(signal: NodeJS.Signals): void {
    if (this.isRunning && this.#child.pid !== undefined) kill(this.#child.pid, signal);
  }

  /** To all of it at once. */
  sendAll(signal: NodeJS.Signals): void {
    for (const pid of this.#family()) kill(pid, signal);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.#child, 'exit');
    if (signal === 'SIGKILL') this.sendAll(signal);
    else this.send(signal);
    await ended;
  }

  async freeze(): Promise<void> {
    // The parent first: it makes no more.
    this.send('SIGSTOP');
    while (!this.#family().every((pid) => /^[TtZ]/.test(statOf(String(pid))[0] ?? 'Z'))) {
      this.sendAll('SIGSTOP');
      await pause(2);
    }
  }

  #family(): readonly number[] {
    const { pid } = this.#child;
    if (pid === undefined || !this.isRunning) return [];
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && statOf(name)[1] === String(pid));
    return [pid, ...children.map(Number)];
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone by itself.
  }
}
