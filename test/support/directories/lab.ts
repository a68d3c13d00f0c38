/** Real directory servers for tests, each in a folder of its own on loopback, started without systemd. */
import { execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Account, FLAVOURS, type Flavour, type FlavourName } from './flavours.ts';
import { LabProcess } from './lab-process.ts';

const run = promisify(execFile);

export interface LabOptions {
  /** A server that answers every write with a referral there. OpenLDAP only. */
  readonly updateReferral?: string;
  /** Entries an unpaged search returns. */
  readonly sizeLimit?: number;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

let sambas = 0;

/** How many RDNs a DN has. */
const depth = (dn: string): number => dn.split(/(?<!\\),/).length;

export class DirectoryLab {
  readonly flavour: Flavour;
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly securePort: number;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #process: LabProcess;

  private constructor(flavour: Flavour, host: string, port: number, securePort: number, options: LabOptions) {
    this.flavour = flavour;
    this.folder = mkdtempSync(join(tmpdir(), `scim-directory-${flavour.name}-`));
    // 389 runs as a user of its own.
    chmodSync(this.folder, 0o755);
    this.#process = new LabProcess(flavour, join(this.folder, flavour.pidFile));
    this.host = host;
    this.port = port;
    this.securePort = securePort;
    this.#environment = {
      ...process.env,
      ADMIN_PASSWORD: flavour.admin.password,
      SERVICE_PASSWORD: flavour.service.password,
      ADDRESS: host,
      ...(options.updateReferral === undefined ? {} : { UPDATE_REFERRAL: options.updateReferral }),
      ...(options.sizeLimit === undefined ? {} : { SIZE_LIMIT: String(options.sizeLimit) }),
    };
  }

  static async start(name: FlavourName, options: LabOptions = {}): Promise<DirectoryLab> {
    const flavour = FLAVOURS[name];
    const fixed = flavour.fixedPorts;
    // Any address of 127/8 answers without being configured. The process id keeps two test runs apart.
    if (fixed) sambas += 1;
    const host = fixed ? `127.77.${process.pid % 250}.${sambas}` : '127.0.0.1';
    const [port, securePort] = fixed ? [389, 636] : [await freePort(), await freePort()];
    const lab = new DirectoryLab(flavour, host, port, securePort, options);
    process.once('exit', lab.#removeNow);
    await lab.#script('create', String(port), String(securePort));
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

  get pid(): number {
    return this.#process.pid;
  }

  get isRunning(): boolean {
    return this.#process.isRunning;
  }

  stop(): Promise<void> {
    return this.#process.end('SIGTERM');
  }

  /** Without goodbye. */
  kill(): Promise<void> {
    return this.#process.end('SIGKILL');
  }

  /** Still accepts connections, as the kernel does that, and answers nothing. */
  freeze(): Promise<void> {
    return this.#process.freeze();
  }

  thaw(): void {
    this.#process.thaw();
  }

  /** Until it answers. Does nothing when it runs. */
  async start(): Promise<void> {
    if (!this.isRunning) {
      rmSync(join(this.folder, this.flavour.pidFile), { force: true });
      await this.#script('start');
    }
    for (let attempt = 0; ; attempt += 1) {
      try {
        await run('ldapsearch', ['-x', '-H', this.clearUrl, '-s', 'base', '-b', '', '1.1']);
        return;
      } catch (error) {
        if (attempt === 300) throw error;
        await pause(50);
      }
    }
  }

  async remove(): Promise<void> {
    process.off('exit', this.#removeNow);
    if (this.isRunning) {
      this.thaw();
      await this.kill();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** LDIF, records with or without `changetype`, through the server as the administrator. */
  async apply(ldif: string, account: Account = this.flavour.admin): Promise<void> {
    await this.#pipe('ldapmodify', ['-a', ...this.#asAccount(account)], ldif);
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
    await this.#pipe('bash', [this.#scriptPath, 'load', this.folder], ldif, this.#environment);
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
        await this.#pipe('ldapdelete', [...this.#asAccount(this.flavour.admin)], `${dns.join('\n')}\n`);
    }
  }

  get #scriptPath(): string {
    return join(import.meta.dirname, this.flavour.script);
  }

  #tls(): NodeJS.ProcessEnv {
    return { ...process.env, LDAPTLS_CACERT: this.authorityFile };
  }

  #asAccount({ dn, password }: Account): readonly string[] {
    const url = this.flavour.fixedPorts ? `ldaps://${this.host}` : this.clearUrl;
    return ['-x', '-H', url, '-D', dn, '-w', password];
  }

  async #script(command: string, ...words: readonly string[]): Promise<void> {
    // Not a pipe for the output: the server would inherit it and keep us waiting for its end.
    const child = spawn('bash', [this.#scriptPath, command, this.folder, ...words], {
      env: this.#environment,
      stdio: 'ignore',
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`${this.flavour.script} ${command} failed; see the logs in ${this.folder}`);
  }

  async #pipe(program: string, words: readonly string[], input: string, env = this.#tls()): Promise<void> {
    const child = spawn(program, words, { env, stdio: ['pipe', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk;
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`${program} failed: ${errors}`);
  }

  readonly #removeNow = (): void => {
    try {
      this.#process.send('SIGKILL');
    } catch {
      // It is not running.
    }
    rmSync(this.folder, { recursive: true, force: true });
  };
}
