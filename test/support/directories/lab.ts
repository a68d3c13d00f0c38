/** Real directory servers for tests, each in a folder of its own on loopback, started without systemd. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { whenWeEnd } from '../when-we-end.ts';
import { claimEndpoint, type Endpoint } from './endpoint.ts';
import { type Account, FLAVOURS, type Flavour, type FlavourName } from './flavours.ts';
import { imageOf } from './image.ts';
import { LabProcess } from './lab-process.ts';
import { pipe, runScript, scriptOf } from './lab-tools.ts';

const run = promisify(execFile);

export interface LabOptions {
  /** A server that answers every write with a referral there. OpenLDAP only. */
  readonly updateReferral?: string;
}

/** How many RDNs a DN has. */
const depth = (dn: string): number => dn.split(/(?<!\\),/).length;

export class DirectoryLab {
  readonly flavour: Flavour;
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly securePort: number;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #forget: () => void;
  #process: LabProcess | undefined;

  private constructor(flavour: Flavour, { host, port, securePort }: Endpoint, environment: NodeJS.ProcessEnv) {
    this.flavour = flavour;
    this.folder = mkdtempSync(join(tmpdir(), `scim-directory-${flavour.name}-`));
    // 389 runs as a user of its own.
    chmodSync(this.folder, 0o755);
    this.host = host;
    this.port = port;
    this.securePort = securePort;
    this.#environment = environment;
    this.#forget = whenWeEnd(() => {
      this.#process?.send('SIGKILL');
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** A new one with nobody in it. */
  static async start(name: FlavourName, { updateReferral }: LabOptions = {}): Promise<DirectoryLab> {
    const flavour = FLAVOURS[name];
    const endpoint = await claimEndpoint(flavour);
    const ports = [String(endpoint.port), String(endpoint.securePort)];
    const environment = {
      ...process.env,
      ADMIN_PASSWORD: flavour.admin.password,
      SERVICE_PASSWORD: flavour.service.password,
      ADDRESS: endpoint.host,
      ...(updateReferral === undefined ? {} : { UPDATE_REFERRAL: updateReferral }),
    };
    const image = await imageOf(flavour, (folder) => runScript(flavour, environment, 'prepare', folder, ...ports));
    const lab = new DirectoryLab(flavour, endpoint, { ...environment, IMAGE: image });
    await runScript(flavour, lab.#environment, 'create', lab.folder, ...ports);
    await lab.start();
    return lab;
  }

  get url(): string {
    return `ldaps://${this.flavour.fixedPorts ? this.host : `localhost:${this.securePort}`}`;
  }

  get clearUrl(): string {
    return `ldap://${this.host}:${this.port}`;
  }

  /** PEM. */
  get authority(): string {
    return readFileSync(join(this.folder, this.flavour.authority), 'utf8');
  }

  get authorityFile(): string {
    return join(this.folder, this.flavour.authority);
  }

  /** Certificate and key of the client `scim-client`, which OpenLDAP maps to the service account. PEM. */
  get client(): { readonly cert: string; readonly key: string } {
    const read = (name: string): string => readFileSync(join(this.folder, 'tls', name), 'utf8');
    return { cert: read('client.crt'), key: read('client.key') };
  }

  get isRunning(): boolean {
    return this.#process?.isRunning ?? false;
  }

  async stop(): Promise<void> {
    await this.#process?.end('SIGTERM');
  }

  /** Without goodbye. */
  async kill(): Promise<void> {
    await this.#process?.end('SIGKILL');
  }

  /** Still accepts connections, as the kernel does that, and answers nothing. */
  async freeze(): Promise<void> {
    await this.#process?.freeze();
  }

  thaw(): void {
    this.#process?.send('SIGCONT');
  }

  /** Until it answers. Does nothing when it runs. @throws Error when it ends instead */
  async start(): Promise<void> {
    if (!this.isRunning) this.#process = new LabProcess(scriptOf(this.flavour), this.folder, this.#environment);
    while (!(await this.#answers())) {
      if (!this.isRunning) throw new Error(`${this.flavour.name} does not start; see the logs in ${this.folder}`);
      await pause(20);
    }
  }

  async #answers(): Promise<boolean> {
    const socket = connect(this.port, this.host);
    try {
      // Cheaper than the question, which is asked of who listens.
      await once(socket, 'connect');
      await run('ldapsearch', ['-x', '-H', this.clearUrl, '-s', 'base', '-b', '', '1.1']);
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }

  async remove(): Promise<void> {
    await this.#process?.remove();
    this.#forget();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** LDIF, records with or without `changetype`, through the server as the administrator. */
  async apply(ldif: string, account: Account = this.flavour.admin): Promise<void> {
    await pipe('ldapmodify', ['-a', ...this.#asAccount(account)], ldif, this.#tls());
  }

  /** What the directory holds, as LDIF; read by the administrator with the server's own tool. */
  async find(base: string, filter = '(objectClass=*)', ...attributes: readonly string[]): Promise<string> {
    const words = ['-LLL', '-o', 'ldif-wrap=no', '-E', '!pr=500/noprompt', ...this.#asAccount(this.flavour.admin)];
    const { stdout } = await run('ldapsearch', [...words, '-b', base, filter, ...attributes], {
      env: this.#tls(),
      maxBuffer: 1 << 30,
    });
    return stdout;
  }

  /** Offline import: fast, past the server's overlays and plugins. Adds to what is there. */
  async load(ldif: string): Promise<void> {
    await this.stop();
    await pipe('bash', [scriptOf(this.flavour), 'load', this.folder], ldif, this.#environment);
    await this.start();
  }

  /** Deletes all people and groups. */
  async clear(): Promise<void> {
    const { people, groups } = this.flavour;
    for (const base of [groups, people]) {
      const dns = (await this.find(base, '(objectClass=*)', '1.1'))
        .split('\n')
        .filter((line) => /^dn:/.test(line))
        .map((line) => (line.startsWith('dn:: ') ? Buffer.from(line.slice(5), 'base64').toString() : line.slice(4)))
        .filter((dn) => dn.toLowerCase() !== base.toLowerCase())
        // Children first: a server need not list an entry after the one above it.
        .sort((a, b) => depth(b) - depth(a));
      if (dns.length > 0)
        await pipe('ldapdelete', [...this.#asAccount(this.flavour.admin)], `${dns.join('\n')}\n`, this.#tls());
    }
  }

  #tls(): NodeJS.ProcessEnv {
    return { ...process.env, LDAPTLS_CACERT: this.authorityFile };
  }

  #asAccount({ dn, password }: Account): readonly string[] {
    const url = this.flavour.fixedPorts ? `ldaps://${this.host}` : this.clearUrl;
    return ['-x', '-H', url, '-D', dn, '-w', password];
  }
}
