import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const BUNDLE = join(import.meta.dirname, '..', '..', 'dist', 'scim-connector.cjs');

export const TOKEN = 'bench-token-of-no-other-use';

/** The real server in a process of its own. */
export class ServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(
    folder: string,
    words: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<ServerProcess> {
    const child = spawn(process.execPath, ['--max-semi-space-size=4', BUNDLE, 'serve', '--port', '0', ...words], {
      env: { ...process.env, CONNECTOR_AUTH__TOKEN: TOKEN, CONNECTOR_STATE_DIR: folder, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (!child.stdout) throw new Error('no stdout');
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^listening on (\S+)/.exec(line)?.[1];
      if (url !== undefined) return new ServerProcess(child, url);
    }
    throw new Error('the server ended before it listened');
  }

  /** Resident memory now and at its highest. Unit: MB. */
  memory(): { now: number; peak: number } {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    const read = (name: string): number =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
    return { now: read('VmRSS'), peak: read('VmHWM') };
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }
}
