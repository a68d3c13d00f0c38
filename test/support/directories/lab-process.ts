import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Flavour } from './flavours.ts';

/** A server's process, known by the pid file that it writes. */
export class LabProcess {
  readonly #flavour: Flavour;
  readonly #pidFile: string;

  constructor(flavour: Flavour, pidFile: string) {
    this.#flavour = flavour;
    this.#pidFile = pidFile;
  }

  get pid(): number {
    return Number(readFileSync(this.#pidFile, 'utf8'));
  }

  /** A killed process may stay a zombie, whose command line is empty. */
  get isRunning(): boolean {
    try {
      return readFileSync(`/proc/${this.pid}/cmdline`, 'utf8').includes(this.#flavour.processName);
    } catch {
      return false;
    }
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.isRunning) return;
    this.send(signal);
    for (let attempt = 0; this.isRunning; attempt += 1) {
      if (attempt === 1200) throw new Error(`${this.#flavour.name} does not stop`);
      await pause(25);
    }
  }

  async freeze(): Promise<void> {
    const { pid } = this;
    this.send('SIGSTOP');
    // Delivered to one thread after the other: until then some still answer.
    const isStopped = (thread: string): boolean =>
      /\) [TtZ] /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'));
    while (!readdirSync(`/proc/${pid}/task`).every(isStopped)) await pause(5);
  }

  thaw(): void {
    this.send('SIGCONT');
  }

  send(signal: NodeJS.Signals): void {
    const { pid } = this;
    process.kill(pid, signal);
    if (this.#flavour.name !== 'samba') return;
    try {
      // Each connection has a process of its own.
      process.kill(-pid, signal);
    } catch {
      // The group went with its leader.
    }
  }
}
