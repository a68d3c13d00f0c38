/** The command line under test, as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

const BUNDLE = join(import.meta.dirname, '..', '..', 'dist', 'scim-connector.cjs');

/** CONNECTOR_BIN names a packaged executable, and what runs it on a foreign processor; else it is the bundle. */
const words = process.env['CONNECTOR_BIN']?.split(' ') ?? [process.execPath, BUNDLE];
const [program = '', ...before] = words;

export const isPackaged = process.env['CONNECTOR_BIN'] !== undefined;

export interface CliOptions {
  readonly cwd?: string;
  /** Added to the environment of the test run. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of a pipe; there is always one with the default stdio. */
const textOf = (stream: Readable | null): Promise<string> => (stream ? text(stream) : Promise.resolve(''));

function start(args: readonly string[], { cwd, env }: CliOptions): ChildProcess {
  return spawn(program, [...before, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
  });
}

/** Runs a command to its end. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = start(args, options);
  child.stdin?.end(options.input ?? '');
  const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

/** A running `serve`. */
export class CliServer {
  readonly #child: ChildProcess;
  /** Base URL of the first app, without slash at the end. */
  readonly url: string;
  readonly #stdout: string[];
  readonly #stderr: Promise<string>;

  private constructor(child: ChildProcess, url: string, stdout: string[], stderr: Promise<string>) {
    this.#child = child;
    this.url = url;
    this.#stdout = stdout;
    this.#stderr = stderr;
  }

  /** @throws Error with what it said when it ends before it listens */
  static async start(args: readonly string[], options: CliOptions = {}): Promise<CliServer> {
    const child = start(['serve', ...args], options);
    const stderr = textOf(child.stderr);
    const stdout: string[] = [];
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    lines.on('line', (line) => stdout.push(line));
    const listening = new Promise<string>((resolve) => {
      lines.on('line', (line) => {
        const url = /^listening on (\S+)/.exec(line)?.[1];
        if (url !== undefined) resolve(url);
      });
    });
    const ended = once(child, 'exit').then(async () => {
      throw new Error(`serve ended before it listened: ${await stderr}`);
    });
    ended.catch(() => undefined);
    return new CliServer(child, await Promise.race([listening, ended]), stdout, stderr);
  }

  get stdout(): string {
    return this.#stdout.join('\n');
  }

  /** Closes its input, as the Windows service host does. */
  endInput(): void {
    this.#child.stdin?.end();
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Waits for its end. */
  async ended(): Promise<{ readonly code: number | null; readonly stderr: string }> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return { code: this.#child.exitCode, stderr: await this.#stderr };
  }

  async stop(): Promise<{ readonly code: number | null; readonly stderr: string }> {
    this.signal('SIGTERM');
    return this.ended();
  }
}
