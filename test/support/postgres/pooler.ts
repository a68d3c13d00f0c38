/** pgbouncer in transaction mode: each transaction of a client may meet another connection of the server. */
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { programFile } from '../directories/install.ts';
import { whenWeEnd } from '../when-we-end.ts';
import { PostgresProcess } from './postgres-process.ts';
import { CONNECTOR } from './roles.ts';

export interface PoolerOptions {
  readonly folder: string;
  /** Where it listens, and where the server does. */
  readonly port: number;
  readonly serverPort: number;
  /** Connections to the server, for each database. */
  readonly size?: number;
}

const configuration = ({ folder, port, serverPort, size = 20 }: PoolerOptions): string => `
[databases]
* = host=127.0.0.1 port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
admin_users = ${CONNECTOR.name}
pool_mode = transaction
default_pool_size = ${size}
max_client_conn = 500
server_tls_sslmode = prefer
client_tls_sslmode = allow
client_tls_cert_file = ${join(folder, '..', 'server', 'tls', 'server.crt')}
client_tls_key_file = ${join(folder, '..', 'server', 'tls', 'server.key')}
server_login_retry = 0
`;

export class Pooler {
  readonly port: number;
  readonly #options: PoolerOptions;
  readonly #process: PostgresProcess;
  readonly #forget: () => void;

  private constructor(options: PoolerOptions) {
    this.port = options.port;
    this.#options = options;
    this.#process = new PostgresProcess(programFile('pgbouncer') ?? '', ['-q', join(options.folder, 'pgbouncer.ini')]);
    this.#forget = whenWeEnd(() => this.#process.sendAll('SIGKILL'));
  }

  /** In a folder of its own beside the server's. */
  static async start(options: PoolerOptions): Promise<Pooler> {
    const { folder } = options;
    mkdirSync(folder);
    writeFileSync(join(folder, 'users.txt'), `"${CONNECTOR.name}" "${CONNECTOR.password}"\n`);
    writeFileSync(join(folder, 'pgbouncer.ini'), configuration(options));
    if (process.getuid?.() === 0) {
      const id = (word: string): number => Number(execFileSync('id', [word, 'postgres'], { encoding: 'utf8' }));
      chownSync(folder, id('-u'), id('-g'));
    }
    const pooler = new Pooler(options);
    while (!(await pooler.#listens())) {
      if (!pooler.#process.isRunning) throw new Error(`pgbouncer does not start: ${pooler.#process.output}`);
      await pause(20);
    }
    return pooler;
  }

  /** To another server from now on; its clients stay. */
  leadTo(serverPort: number): void {
    const { folder } = this.#options;
    writeFileSync(join(folder, 'pgbouncer.ini'), configuration({ ...this.#options, serverPort }));
    this.#process.send('SIGHUP');
  }

  async freeze(): Promise<void> {
    await this.#process.freeze();
  }

  thaw(): void {
    this.#process.sendAll('SIGCONT');
  }

  async remove(): Promise<void> {
    this.thaw();
    await this.#process.end('SIGKILL');
    this.#forget();
    rmSync(this.#options.folder, { recursive: true, force: true });
  }

  #listens(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }
}
