/** A real PostgreSQL for tests, in a folder of its own on loopback, started without systemd. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { claimEndpoint, type Endpoint } from '../directories/endpoint.ts';
import { programFile } from '../directories/install.ts';
import { whenWeEnd } from '../when-we-end.ts';
import { makeCluster, makeStandby, type ServerCertificate } from './cluster.ts';
import { PostgresProcess } from './postgres-process.ts';
import { ADMIN } from './roles.ts';

export interface ServerOptions {
  /** What is written is on the disk, as for customers. */
  readonly durable?: boolean;
  /** By default one that is right. `none`: no TLS at all. */
  readonly certificate?: ServerCertificate | 'none';
  /** postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export class PostgresServer {
  readonly folder: string;
  readonly port: number;
  /** For a pooler in front of it. */
  readonly nextPort: number;
  readonly #image: string;
  readonly #options: ServerOptions;
  readonly #forget: () => void;
  #process: PostgresProcess | undefined;

  private constructor(folder: string, { port, securePort }: Endpoint, image: string, options: ServerOptions) {
    this.folder = folder;
    this.port = port;
    this.nextPort = securePort;
    this.#image = image;
    this.#options = options;
    this.#forget = whenWeEnd(() => {
      this.#process?.sendAll('SIGKILL');
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** A new one, in which there is nothing. */
  static start(options: ServerOptions = {}): Promise<PostgresServer> {
    return PostgresServer.#startFrom(makeCluster, options);
  }

  static async #startFrom(make: (folder: string) => Promise<string>, options: ServerOptions): Promise<PostgresServer> {
    const endpoint = await claimEndpoint({ fixedPorts: false });
    const folder = mkdtempSync(join(tmpdir(), 'scim-postgres-'));
    chmodSync(folder, 0o755);
    const server = new PostgresServer(folder, endpoint, await make(folder), options);
    await server.start();
    return server;
  }

  /** A standby that follows this one. With `synchronous_standby_names = standby` here, each commit waits for it. */
  standby(options: ServerOptions = this.#options): Promise<PostgresServer> {
    const { synchronous_standby_names: _, ...settings } = options.settings ?? {};
    return PostgresServer.#startFrom((folder) => makeStandby(folder, this.port), { ...options, settings });
  }

  get isRunning(): boolean {
    return this.#process?.isRunning ?? false;
  }

  /** The authority of the certificates, PEM. */
  get authorityFile(): string {
    return join(this.folder, 'server', 'tls', 'ca.crt');
  }

  /** Of a client, PEM. */
  get clientFiles(): { readonly cert: string; readonly key: string } {
    return { cert: join(this.#image, 'authority', 'client.crt'), key: join(this.#image, 'authority', 'client.key') };
  }

  /** Until it answers. Does nothing when it runs. @throws Error when it ends instead */
  async start(): Promise<void> {
    if (!this.isRunning) this.#process = new PostgresProcess(programFile('postgres') ?? '', this.#words());
    while (!(await this.#answers())) {
      if (!this.isRunning) throw new Error(`PostgreSQL does not start: ${this.#process?.output}`);
      await pause(20);
    }
  }

  /** Connections are cut, in order. */
  async stop(): Promise<void> {
    await this.#process?.end('SIGINT');
  }

  /** All of it, without goodbye. */
  async kill(): Promise<void> {
    await this.#process?.end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Still accepts connections, as the kernel does that, and answers nothing. */
  async freeze(): Promise<void> {
    await this.#process?.freeze();
  }

  thaw(): void {
    this.#process?.sendAll('SIGCONT');
  }

  /** A standby becomes the primary. */
  async promote(): Promise<void> {
    await this.admin('SELECT pg_promote()');
  }

  async remove(): Promise<void> {
    this.thaw();
    await this.kill();
    this.#forget();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As the administrator, on a connection of its own. */
  async admin<T extends object = Record<string, unknown>>(text: string, database = ADMIN): Promise<T[]> {
    const client = new pg.Client({ host: '127.0.0.1', port: this.port, user: ADMIN, database });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text)).rows as T[];
    } finally {
      await client.end();
    }
  }

  /** What it has logged. */
  get log(): string {
    return this.#process?.output ?? '';
  }

  #words(): readonly string[] {
    const { durable = false, certificate = 'server', settings } = this.#options;
    const at = (...names: readonly string[]): string => join(this.folder, 'server', ...names);
    const all = {
      port: String(this.port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: at(),
      hba_file: at('pg_hba.conf'),
      ident_file: at('pg_ident.conf'),
      ...(certificate === 'none'
        ? {}
        : {
            ssl: 'on',
            ssl_cert_file: at('tls', `${certificate}.crt`),
            ssl_key_file: at('tls', `${certificate}.key`),
            ssl_ca_file: at('tls', 'ca.crt'),
          }),
      shared_buffers: '32MB',
      max_connections: '100',
      ...(durable ? {} : FAST),
      ...settings,
    };
    return ['-D', at('data'), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  }

  async #answers(): Promise<boolean> {
    try {
      await this.admin('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }
}
