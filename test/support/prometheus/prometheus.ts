/** A real Prometheus for tests, in a folder of its own on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { exclusively } from '../directories/claim.ts';
import { claimEndpoint } from '../directories/endpoint.ts';
import { installPackages } from '../directories/install.ts';
import { whenWeEnd } from '../when-we-end.ts';

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  /** Time and value. */
  readonly value: readonly [number, string];
}

export interface Rule {
  readonly name: string;
  readonly query: string;
  readonly health: string;
  readonly state: string;
  readonly lastEvaluation: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Before the suite's tests: installs it where it may, else skips them and says why; in CI that fails. */
export function needsPrometheus(): void {
  before(async function prepare() {
    this.timeout(600_000);
    const needed = { packages: ['prometheus'], programs: ['prometheus', 'promtool'] };
    const missing = await exclusively('install', async () => installPackages(needed));
    if (missing === undefined) return;
    if (process.env['CI'] === 'true') throw new Error(missing);
    process.stderr.write(`    tests with Prometheus are skipped: ${missing}\n`);
    this.skip();
  });
}

export class Prometheus {
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #url: string;
  readonly #forget: () => void;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#url = `http://127.0.0.1:${port}`;
    const words = [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ];
    this.#child = spawn('prometheus', words, { stdio: 'ignore' });
    this.#forget = whenWeEnd(() => {
      this.#child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
  }

  /** Scrapes `target` every second and evaluates the rules in `ruleFile` as often. @param target  host and port */
  static async start(target: string, ruleFile: string): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'scim-prometheus-'));
    const { port } = await claimEndpoint({ fixedPorts: false });
    // JSON is YAML.
    const config = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [ruleFile],
      scrape_configs: [{ job_name: 'scim-connector', static_configs: [{ targets: [target] }] }],
    };
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
    const prometheus = new Prometheus(folder, port);
    while (!(await prometheus.#isReady())) await pause(50);
    return prometheus;
  }

  /** @throws Error with its own words for an expression it refuses */
  async query(expression: string): Promise<readonly Sample[]> {
    const { result } = await this.#ask<{ readonly result: readonly Sample[] }>('query', { query: expression });
    return result;
  }

  /** Type and help of every metric. */
  async metadata(): Promise<ReadonlyMap<string, { readonly type: string; readonly help: string }>> {
    const known = await this.#ask<Record<string, readonly { type: string; help: string }[]>>('metadata', {});
    return new Map(Object.entries(known).flatMap(([name, [first]]) => (first ? [[name, first]] : [])));
  }

  async rules(): Promise<readonly Rule[]> {
    const { groups } = await this.#ask<{ readonly groups: readonly { readonly rules: readonly Rule[] }[] }>(
      'rules',
      {},
    );
    return groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
    this.#forget();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #isReady(): Promise<boolean> {
    if (this.#child.exitCode !== null) throw new Error(`prometheus ended with ${this.#child.exitCode}`);
    return fetch(`${this.#url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  async #ask<T>(what: string, parameters: Record<string, string>): Promise<T> {
    const response = await fetch(`${this.#url}/api/v1/${what}?${new URLSearchParams(parameters)}`);
    const answer = (await response.json()) as { readonly status: string; readonly error?: string; readonly data: T };
    if (answer.status !== 'success') throw new Error(`${JSON.stringify(parameters)}: ${answer.error}`);
    return answer.data;
  }
}
