import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ADMIN, CONNECTOR, grantsOn } from '../support/postgres/roles.ts';
import { PostgresServer } from '../support/postgres/server.ts';
import { databaseOf } from './people.ts';
import { BUNDLE, ServerProcess } from './server-process.ts';

const DATABASE = 'bench';
/** By which the server is asked what it has done; it counts what a connection did at most a second later. */
const COUNTED_WITHIN = 1_500;

/** What a database has been asked for. */
export interface Asked {
  readonly transactions: number;
  /** Rows that were looked at, in tables and indexes. */
  readonly rows: number;
}

/** A PostgreSQL as customers have it, durable and on the disk of the bench, and a connector on it. */
export class PostgresBench {
  readonly server: PostgresServer;
  readonly #file: string;
  readonly #folder: string;

  private constructor(server: PostgresServer, folder: string) {
    this.server = server;
    this.#folder = folder;
    this.#file = join(folder, 'postgres.toml');
    writeFileSync(
      this.#file,
      `config_version = 1
state_dir = "${folder}"
[apps.default]
backend = "postgres"
[apps.default.limits]
enabled = false
[apps.default.postgres]
url = "postgres://${CONNECTOR.name}@127.0.0.1:${server.port}/${DATABASE}"
sslmode = "disable"
password = { env = "DATABASE_PASSWORD" }
`,
    );
  }

  static async start(folder: string): Promise<PostgresBench> {
    const settings = { synchronous_commit: 'on', shared_buffers: '256MB' };
    const server = await PostgresServer.start({ durable: true, certificate: 'none', settings });
    await server.admin(`CREATE DATABASE ${DATABASE}`);
    await server.admin(grantsOn(DATABASE, ['scim']), DATABASE);
    return new PostgresBench(server, folder);
  }

  /** Of the administrator, for a floor. */
  get url(): string {
    return `postgres://${ADMIN}@127.0.0.1:${this.server.port}/${DATABASE}`;
  }

  /** So many people, moved here from a file as customers move them. */
  async fill(users: number): Promise<void> {
    const file = databaseOf(this.#folder, users);
    const words = ['data', 'migrate', '--from', 'sqlite', '--to', 'postgres', '--db', file, '--config', this.#file];
    execFileSync(process.execPath, [BUNDLE, ...words], {
      env: { ...process.env, DATABASE_PASSWORD: CONNECTOR.password },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await this.server.admin('VACUUM ANALYZE', DATABASE);
  }

  serve(): Promise<ServerProcess> {
    const env = { DATABASE_PASSWORD: CONNECTOR.password };
    return ServerProcess.start(this.#folder, ['--config', this.#file, '--http'], { env });
  }

  async #counts(): Promise<Asked> {
    await pause(COUNTED_WITHIN);
    const [found] = await this.server.admin<{ transactions: string; rows: string }>(
      `SELECT xact_commit + xact_rollback AS transactions, tup_returned + tup_fetched AS rows FROM pg_stat_database WHERE datname = '${DATABASE}'`,
    );
    return { transactions: Number(found?.transactions), rows: Number(found?.rows) };
  }

  /** What `work` asked of the database. */
  async askedFor(work: () => Promise<unknown>): Promise<Asked> {
    const before = await this.#counts();
    await work();
    const after = await this.#counts();
    return { transactions: after.transactions - before.transactions, rows: after.rows - before.rows };
  }

  remove(): Promise<void> {
    return this.server.remove();
  }
}
