import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { nodeFlags } from '../support/node-flags.ts';
import type { DoctorOrder } from './doctor-process.ts';

const PROGRAM = join(import.meta.dirname, 'doctor-process.ts');

/** One run of doctor in a process of its own. */
export class DoctorRun {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #errors = '';

  constructor(order: DoctorOrder, env: NodeJS.ProcessEnv = process.env) {
    this.#child = spawn(process.execPath, [...nodeFlags, PROGRAM, JSON.stringify(order)], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    const { stdout, stderr } = this.#child;
    if (stdout) createInterface(stdout).on('line', (line) => this.lines.push(line));
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
  }

  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Until it has told of so many steps, or is over; and so long after that. */
  async reached(steps: number, delay: number): Promise<void> {
    while (this.lines.length < steps && !this.isOver) await pause(1);
    await pause(delay);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** @throws Error with what it said when it did not end by itself */
  async end(): Promise<void> {
    await this.#ended;
    if (this.#child.exitCode !== 0) throw new Error(`doctor ended with ${this.#child.exitCode}: ${this.#errors}`);
  }
}
