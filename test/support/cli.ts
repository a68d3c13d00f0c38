/** The command line under test, as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

const BUNDLE = join(import.meta.dirname, '..', '..', 'dist', 'scim-connector.cjs');

/** CONNECTOR_BIN names a packaged executable, and what runs it on a foreign processor; else it is the bundle. */
export const command: readonly string[] = process.env['CONNECTOR_BIN']?.split(' ') ?? [process.execPath, BUNDLE];

export const isPackaged = process.env['CONNECTOR_BIN'] !== undefined;

export interface CliOptions {
  readonly cwd?: string;
  /** Added to the environment of the test run. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Another command line than the one under test. */
  readonly command?: readonly string[];
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of a pipe; there is always one with the default stdio. */
const textOf = (stream: Readable | null): Promise<string> => (stream ? text(stream) : Promise.resolve(''));

function start(
  args: readonly string[],
  { cwd, env, command: [program = '', ...before] = command }: CliOptions,
): ChildProcess {
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
  readonly #stdout: Transcript;
  readonly #stderr: Transcript;

  private constructor(child: ChildProcess, url: string, stdout: Transcript, stderr: Transcript) {
    this.#child = child;
    this.url = url;
    this.#stdout = stdout;
    this.#stderr = stderr;
  }

  /** @throws Error with what it said when it ends before it listens */
  static async start(args: readonly string[], options: CliOptions = {}): Promise<CliServer> {
    const child = start(['serve', ...args], options);
    const stdout = new Transcript(child.stdout);
    const stderr = new Transcript(child.stderr);
    try {
      const line = await stdout.until(/^listening on (\S+)$/m);
      return new CliServer(child, line[1] ?? '', stdout, stderr);
    } catch {
      await stderr.ended;
      throw new Error(`serve ended before it listened: ${stderr.text}`);
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it has printed, without the last line end. */
  get stdout(): string {
    return this.#stdout.text.trimEnd();
  }

  /** What it has logged. */
  get log(): string {
    return this.#stderr.text;
  }

  /** Waits until the log holds it, beyond the first `from` characters. @throws Error when the log ends first */
  logged(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    return this.#stderr.until(pattern, from);
  }

  /** Writes a line to its input, as the Windows service host does. */
  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  endInput(): void {
    this.#child.stdin?.end();
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Waits for its end. */
  async ended(): Promise<{ readonly code: number | null; readonly stderr: string }> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    await this.#stderr.ended;
    return { code: this.#child.exitCode, stderr: this.#stderr.text };
  }

  async stop(): Promise<{ readonly code: number | null; readonly stderr: string }> {
    this.signal('SIGTERM');
    return this.ended();
  }
}

/** What a process has written so far. */
class Transcript {
  text = '';
  readonly ended: Promise<void>;
  readonly #stream: Readable;

  constructor(stream: Readable | null) {
    if (!stream) throw new Error('not a pipe');
    this.#stream = stream.setEncoding('utf8').on('data', (part: string) => {
      this.text += part;
    });
    this.ended = once(stream, 'end').then(() => undefined);
  }

  async until(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    for (;;) {
      const text = this.text.slice(from);
      const found = pattern.exec(text);
      if (found) return found;
      if (this.#stream.readableEnded) throw new Error(`${pattern} never came; instead: ${text}`);
      await Promise.race([once(this.#stream, 'data'), this.ended]);
    }
  }
}
