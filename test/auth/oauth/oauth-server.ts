import { mkdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../../../connector/config/config.ts';
import { loadConfig } from '../../../connector/config/load/load.ts';
import { Connector } from '../../../connector/run/connector.ts';
import { HttpClient } from '../../support/http-client.ts';
import { LinesLog } from '../../support/lines-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type ClientKey, claimsFor, clientKey, FORM_HEADERS, formOf } from './client.ts';
import { KeyServer } from './key-server.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read replies of every shape
  readonly body: any;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A connector over TLS with two apps that log in by OAuth, and the server of a client's keys. Call inside `describe`. */
export class OAuthServer {
  config!: Config;
  key!: ClientKey;
  keys!: KeyServer;
  origin = '';
  readonly env: Record<string, string> = {};
  log = new LinesLog();
  readonly #folder = temporaryFolder();
  #connector: Connector | undefined;
  #http!: HttpClient;

  constructor() {
    beforeEach(async () => {
      this.log = new LinesLog();
      mkdirSync(join(this.#folder.path, 'keys'));
      this.keys = await KeyServer.start(join(this.#folder.path, 'keys'));
      this.key = await clientKey();
      this.keys.keys = [this.key.published];
      await this.start();
    });
    afterEach(async () => {
      await this.stop();
      await this.keys.stop().catch(() => undefined);
    });
  }

  get folder(): string {
    return this.#folder.path;
  }

  /** @param more  lines of the configuration */
  async start(more: readonly string[] = [], stateDir = 'state', at?: number): Promise<void> {
    const auth = `{ method = "oauth", client_id = "okta", jwks_uri = "${this.keys.uri}", jwks_ca_file = "${this.keys.caFile}" }`;
    const port = at ?? (await freePort());
    const text = [
      'config_version = 1',
      `state_dir = "${stateDir}"`,
      '[server]',
      `listen = "127.0.0.1:${port}"`,
      ...more,
      '[apps.default]',
      `auth = ${auth}`,
      'sqlite.file = "a.db"',
      '[apps.hr]',
      `auth = ${auth}`,
      'sqlite.file = "b.db"',
    ].join('\n');
    const { config } = await loadConfig({ text, file: join(this.folder, 'c.toml'), env: this.env });
    this.config = config;
    this.#connector = await Connector.open(config, this.log);
    await this.#connector.listen();
    this.origin = `https://127.0.0.1:${port}`;
    this.#http = new HttpClient({
      servername: 'localhost',
      ca: readFileSync(join(this.folder, stateDir, 'tls', 'ca.crt'), 'utf8'),
    });
  }

  async stop(): Promise<void> {
    this.#http.close();
    await this.#connector?.close();
    this.#connector = undefined;
  }

  get endpoint(): string {
    return `${this.origin}/scim/oauth2/token`;
  }

  async send(method: string, path: string, headers = {}, body?: string): Promise<Answered> {
    const { status, text, headers: found } = await this.#http.send(method, `${this.origin}${path}`, headers, body);
    return { status, headers: found, text, body: text.startsWith('{') ? JSON.parse(text) : undefined };
  }

  ask(form: string, headers: Readonly<Record<string, string>> = {}, path = '/scim/oauth2/token'): Promise<Answered> {
    return this.send('POST', path, { ...FORM_HEADERS, ...headers }, form);
  }

  async assertion(change = {}, header = {}): Promise<string> {
    return this.key.sign(claimsFor(this.endpoint, change), header);
  }

  async token(): Promise<string> {
    const { body, text } = await this.ask(formOf(await this.assertion()));
    if (body.access_token === undefined) throw new Error(text);
    return body.access_token;
  }
}
