import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliServer, command, isPackaged } from '../support/cli.ts';
import { type Answer, HttpClient } from '../support/http-client.ts';
import { nodeFlags } from '../support/node-flags.ts';
import type { Strain } from './trial.ts';

/** The credential of every trial. */
export const TOKEN = 'a-token-of-trials-and-nothing-else';
const PROBE = join(import.meta.dirname, 'strain-probe.ts');

export interface ServeOptions {
  /** State and database. Absent: the trial's folder, where a restart finds them again. */
  readonly folder?: string;
  /** Further words of `serve`. */
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What starts `serve`: `ulimit` in a shell, for instance. */
  readonly wrapped?: (command: readonly string[]) => readonly string[];
}

/** Whoever answers requests as one server does: itself, or what goes on at another where it does not. */
export type Answering = Pick<TrialServer, 'send'>;

/** `serve` from dist/ (or from CONNECTOR_BIN, whose turns cannot be watched), as customers run it: HTTPS, a token, a file. */
export class TrialServer {
  readonly #server: CliServer;
  readonly #strain: string;
  /** PEM of the authority that a client has to trust. */
  readonly authority: string;
  readonly #client: HttpClient;

  private constructor(server: CliServer, strain: string, authority: string) {
    this.#server = server;
    this.#strain = strain;
    this.authority = authority;
    this.#client = new HttpClient({ ca: authority });
  }

  static async start(
    { folder, words = [], env = {}, wrapped = (one) => one }: ServeOptions & { readonly folder: string },
    strain: string,
  ): Promise<TrialServer> {
    const [node = '', ...bundle] = command;
    const watched = isPackaged ? command : [node, '--import', PROBE, ...nodeFlags, ...bundle];
    const server = await CliServer.start(['--port', '0', ...words], {
      cwd: folder,
      env: {
        // Beside another method a token is a contradiction.
        ...(words.includes('--auth') ? {} : { CONNECTOR_AUTH__TOKEN: TOKEN }),
        CONNECTOR_STATE_DIR: folder,
        // What a trial does in a minute is a mass change: whether it is held, the trial of the limits tells.
        CONNECTOR_APPS__DEFAULT__LIMITS__ENABLED: 'false',
        TRIAL_STRAIN: strain,
        ...env,
      },
      command: wrapped(watched),
    });
    const file = join(folder, 'tls', 'ca.crt');
    return new TrialServer(server, strain, existsSync(file) ? readFileSync(file, 'utf8') : '');
  }

  /** Base URL of the first app, without slash at the end. */
  get url(): string {
    return this.#server.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** What it has logged so far. */
  get log(): string {
    return this.#server.log;
  }

  /**
   * With the credential, over kept-alive connections, 64 at most.
   * @param path  below the base URL
   * @param body  sent as JSON
   * @param segment  of the base URL: the version that is spoken
   * @throws Error when there is no answer
   */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
    segment: 'v1' | 'v2' = 'v1',
  ): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const all = {
      Authorization: `Bearer ${TOKEN}`,
      ...(text === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
      ...headers,
    };
    return this.#client.send(method, `${this.url.replace(/v1$/, segment)}${path}`, all, text);
  }

  signal(name: NodeJS.Signals): void {
    this.#server.signal(name);
  }

  /** Waits for its end, whoever brings it about. */
  ended(): Promise<{ readonly code: number | null; readonly stderr: string }> {
    return this.#server.ended();
  }

  /** Ends it at once and for good: kill -9. */
  async kill(): Promise<void> {
    this.#server.signal('SIGKILL');
    await this.#server.ended();
    this.#client.close();
  }

  /** Ends it as an operator does; by force when it does not within 30 s. */
  async stop(): Promise<void> {
    this.#client.close();
    const force = setTimeout(() => this.#server.signal('SIGKILL'), 30_000);
    await this.#server.stop();
    clearTimeout(force);
  }

  /** Up to 50 ms ago. Zeros when nothing is known. */
  strain(): Strain {
    if (!existsSync(this.#strain)) return { turn: 0, turnCpu: 0, resident: 0 };
    return JSON.parse(readFileSync(this.#strain, 'utf8')) as Strain;
  }
}
