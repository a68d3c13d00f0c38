import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTOR, grantsOn, HBA } from '../../support/postgres/roles.ts';
import { PostgresServer } from '../../support/postgres/server.ts';
import type { Bench } from '../trial.ts';

const DATABASE = 'scim';
const STANDBY = 'standby';

/** The connector logs in from other machines, over TLS and with its password as anywhere. */
const FROM_ELSEWHERE = `${HBA}\nhostssl all ${CONNECTOR.name} 198.18.0.0/15 scram-sha-256\n`;

/** The databases of customers: one server, or a primary and a standby that has every commit before it is acknowledged. */
export class DatabaseServers {
  readonly #bench: Bench;
  #primary: PostgresServer;
  #standby: PostgresServer | undefined;

  private constructor(bench: Bench, primary: PostgresServer) {
    this.#bench = bench;
    this.#primary = primary;
  }

  static async start(bench: Bench): Promise<DatabaseServers> {
    const file = join(bench.folder, 'pg_hba.conf');
    chmodSync(bench.folder, 0o755);
    writeFileSync(file, FROM_ELSEWHERE);
    const settings = { listen_addresses: '*', hba_file: file, synchronous_commit: 'on', max_connections: '200' };
    const primary = await PostgresServer.start({ durable: true, settings });
    const servers = new DatabaseServers(bench, primary);
    bench.whenOver(() => servers.#remove());
    await primary.admin(`CREATE DATABASE ${DATABASE}`);
    await primary.admin(grantsOn(DATABASE, ['scim', 'scim_state']), DATABASE);
    return servers;
  }

  /** What takes all writes. */
  get primary(): PostgresServer {
    return this.#primary;
  }

  /** Of both, the primary first. */
  get ports(): readonly number[] {
    return [this.#primary.port, ...(this.#standby ? [this.#standby.port] : [])];
  }

  get authorityFile(): string {
    return this.#primary.authorityFile;
  }

  /** From now on no commit is acknowledged that the standby has not. */
  async follow(): Promise<void> {
    this.#standby = await this.#primary.standby();
    await this.#primary.admin(`ALTER SYSTEM SET synchronous_standby_names = '${STANDBY}'`);
    await this.#primary.admin('SELECT pg_reload_conf()');
    const sync = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'";
    while ((await this.#primary.admin(sync)).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Nothing reaches the standby any more: whoever commits waits, and may be told nothing of what only the primary has. */
  async loseTouch(): Promise<void> {
    const senders = await this.#primary.admin<{ pid: number }>('SELECT pid FROM pg_stat_replication');
    for (const { pid } of senders) process.kill(pid, 'SIGSTOP');
  }

  /**
   * The standby takes the place of the primary.
   * @returns what was the primary, in whatever state it is
   */
  async promote(): Promise<PostgresServer> {
    const former = this.#primary;
    if (!this.#standby) throw new Error('nobody follows');
    this.#primary = this.#standby;
    this.#standby = undefined;
    await this.#primary.promote();
    this.#bench.whenOver(() => former.remove());
    return former;
  }

  async #remove(): Promise<void> {
    await this.#standby?.remove();
    await this.#primary.remove();
  }

  /** As the administrator, past the connectors. */
  ask<T extends object>(text: string): Promise<T[]> {
    return this.#primary.admin<T>(text, DATABASE);
  }
}

/** `connector.toml` of one node. The password is in DATABASE_PASSWORD. */
export const tomlFor = (authorityFile: string, hosts: readonly string[]): string => {
  const lines = `url = "postgres://${CONNECTOR.name}@${hosts.join(',')}/${DATABASE}"
password = { env = "DATABASE_PASSWORD" }
ca_file = "${authorityFile}"
sslmode = "verify-ca"`;
  return `config_version = 1
state = "postgres"
[state.postgres]
${lines}
[apps.default]
backend = "postgres"
[apps.default.postgres]
${lines}
`;
};
