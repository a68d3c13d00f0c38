import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
}

/** A server's process: a child of ours, so that it never stays behind as a zombie, and the leader of its own group. */
export class LabProcess {
  readonly #child: ChildProcess;

  constructor(script: string, folder: string, env: NodeJS.ProcessEnv) {
    // Samba ends when its input does: then nothing of it outlives us.
    this.#child = spawn('bash', [script, 'start', folder], {
      env,
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#child.stdin?.on('error', () => {});
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** All of it at once: some servers have a process for each connection. */
  send(signal: NodeJS.Signals): void {
    if (this.isRunning) kill(-this.#pid, signal);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.#child, 'exit');
    this.send(signal);
    await ended;
  }

  /** Ends it from the leaves to the root, each process waited for by its parent. */
  async remove(): Promise<void> {
    this.send('SIGCONT');
    for (let group = this.#group(); group.length > 1 && this.isRunning; group = this.#group()) {
      for (const { pid } of group)
        if (pid !== this.#pid && !group.some(({ parent }) => parent === pid)) kill(pid, 'SIGKILL');
      await pause(5);
    }
    await this.end('SIGKILL');
  }

  async freeze(): Promise<void> {
    this.send('SIGSTOP');
    // Delivered to one thread after the other: until then some still answer.
    const isStopped = (pid: number): boolean =>
      readdirSync(`/proc/${pid}/task`).every((thread) => /^[TtZ] /.test(statOf(`${pid}/task/${thread}`)));
    while (!this.#group().every(({ pid }) => isStopped(pid))) await pause(5);
  }

  get #pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('bash cannot be started');
    return pid;
  }

  #group(): readonly Process[] {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return all.flatMap((name) => {
      const [, parent, group] = statOf(name).split(' ');
      return group === String(this.#pid) ? [{ pid: Number(name), parent: Number(parent) }] : [];
    });
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone by itself.
  }
}

/** State, parent, group and so on of a process or thread; empty when it is gone. */
function statOf(path: string): string {
  try {
    const stat = readFileSync(`/proc/${path}/stat`, 'utf8');
    // The name before may hold anything.
    return stat.slice(stat.lastIndexOf(') ') + 2);
  } catch {
    return '';
  }
}
