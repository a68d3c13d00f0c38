import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation } from '../../../connector/operations/explain/explain.ts';
import { type CliOptions, type CliResult, CliServer, cli } from '../../support/cli.ts';
import { send } from '../../support/send.ts';
import type { Reply } from '../../support/start-server.ts';

/** As far as a fault shows there. */
export interface ToldStatus {
  readonly lights: readonly { readonly light: string; readonly status: string; readonly text: string }[];
  readonly errors: readonly { readonly ref: string }[];
}

export interface StageOptions {
  readonly folder?: string;
  /** Of every command, `--config FILE` for instance; else people are kept in `db`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A connector of its own, with its real command line, for one fault. */
export class Stage {
  readonly folder: string;
  readonly db: string;
  /** Of every command. */
  readonly args: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  readonly #opened: (() => unknown)[] = [];
  server: CliServer | undefined;
  /** What it was last started with, or could not be. */
  served: readonly string[] = [];
  /** As whom, for instance. */
  options: CliOptions = {};

  constructor({ folder = Stage.newFolder(), args, env = {} }: StageOptions = {}) {
    this.folder = folder;
    this.db = join(folder, 'people.db');
    this.args = args ?? ['--db', this.db];
    this.#env = { CONNECTOR_STATE_DIR: folder, NO_COLOR: '1', ...env };
  }

  static newFolder(): string {
    return mkdtempSync(join(tmpdir(), 'fault-'));
  }

  run(words: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    return cli(words, { cwd: this.folder, env: this.#env, ...options });
  }

  /** Over plain HTTP without a credential, unless `args` say otherwise. */
  async serve(args: readonly string[] = ['--http', '--auth', 'none'], options: CliOptions = {}): Promise<CliServer> {
    this.served = args;
    this.options = options;
    this.server = await CliServer.start(
      [...(args.includes('--db') || args.includes('--config') ? [] : this.args), '--port', '0', ...args],
      {
        cwd: this.folder,
        env: this.#env,
        ...options,
      },
    );
    return this.server;
  }

  /** What `serve` says when it does not come up. */
  refusedServe(args: readonly string[], options: CliOptions = {}): Promise<string> {
    this.served = args;
    this.options = options;
    return this.run(['serve', ...this.args, ...args], options).then(({ stderr }) => stderr.trim());
  }

  ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return send(`${this.server?.url}${path}`, method, body, headers);
  }

  /** The error text of a request, as Okta pastes it into its task. */
  async told(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<string> {
    const { text } = await this.ask(method, path, body, headers);
    const told = JSON.parse(text);
    const description = told.Errors?.[0]?.description ?? told.detail;
    if (description === undefined) throw new Error(`it was not refused: ${text}`);
    return description;
  }

  /** The text as it stands in a task in Okta. */
  static task(description: string, call = 'createNewUser'): string {
    const errors = JSON.stringify({ Errors: [{ description, code: '400' }] });
    return `Failed on 11-28-2026 01:15:25PM UTC: Unable to do it: The Provisioning Agent call to ${call} failed. Error code: 400, error: Bad Request. Errors reported by the connector : ${errors}`;
  }

  async explain(text: string): Promise<Explanation> {
    const { stdout, stderr } = await this.run(['explain', '-', ...this.args, '--json'], { input: text });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  }

  /** To be ended with the stage. */
  onClose(close: () => unknown): void {
    this.#opened.push(close);
  }

  /** What `status` tells while the service runs, or of what keeps it from running. */
  async status(): Promise<ToldStatus> {
    const { stdout, stderr } = await this.run(['status', ...this.args, '--json']);
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  }

  async close(): Promise<void> {
    for (const close of this.#opened.reverse()) await close();
    await this.server?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
