import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeFlags } from '../support/node-flags.ts';
import { whenWeEnd } from '../support/when-we-end.ts';
import { cpuOf, memoryOf } from './process-cost.ts';

export const BUNDLE = join(import.meta.dirname, '..', '..', 'dist', 'scim-connector.cjs');

export const TOKEN = 'bench-token-of-no-other-use';

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of dist/'s `serve`: a script that prints the same line. */
  readonly script?: string;
}

/** A server in a process of its own: ours, or a floor. */
export class ServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** @param words  of `serve` */
  static async start(
    folder: string,
    words: readonly string[],
    { env = {}, script }: StartOptions = {},
  ): Promise<ServerProcess> {
    const command = script === undefined ? [BUNDLE, 'serve', '--port', '0', ...words] : [script, ...words];
    const child = spawn(process.execPath, [...nodeFlags, ...command], {
      env: { ...process.env, CONNECTOR_AUTH__TOKEN: TOKEN, CONNECTOR_STATE_DIR: folder, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const forget = whenWeEnd(() => child.kill('SIGKILL'));
    child.once('exit', forget);
    if (!child.stdout) throw new Error('no stdout');
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^listening on (\S+)/.exec(line)?.[1];
      if (url !== undefined) return new ServerProcess(child, url);
    }
    throw new Error('the server ended before it listened');
  }

  /** On a SQLite file, over plain HTTP. */
  static onFile(folder: string, file: string): Promise<ServerProcess> {
    return ServerProcess.start(folder, ['--backend', 'sqlite', '--db', file, '--http']);
  }

  /** Since it was started. Unit: ms. */
  get cpu(): number {
    return cpuOf(this.#child.pid ?? 0);
  }

  /** Unit: MB. */
  get memory(): { readonly now: number; readonly peak: number } {
    return memoryOf(this.#child.pid ?? 0);
  }

  /** What `work` costs this process, per request. Unit: ms. */
  async costOf(work: () => Promise<{ readonly count: number }>): Promise<number> {
    const before = this.cpu;
    const { count } = await work();
    return (this.cpu - before) / count;
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }
}
