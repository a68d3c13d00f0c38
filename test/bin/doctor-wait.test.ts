import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:https';
import { expect } from 'chai';
import { CliServer, cli, command } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TOKEN = 'a-token-of-some-length';
const AGENT = 'agent/3';

/** A `doctor --wait` that runs. */
class Waiting {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(words: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
    const [program = '', ...before] = command;
    this.#child = spawn(program, [...before, ...words], { cwd, env: { ...process.env, ...env } });
    this.#ended = once(this.#child, 'close');
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
  }

  async said(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.stdout + this.stderr)) {
      if (this.#child.exitCode !== null) throw new Error(`ended without ${pattern}: ${this.stdout}${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  async end(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }
}

describe('doctor --wait', () => {
  const folder = temporaryFolder();
  const env = { CONNECTOR_AUTH__TOKEN: TOKEN, CONNECTOR_STATE_DIR: 'state' };
  let server: CliServer;
  let words: readonly string[];

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(async () => {
    server = await CliServer.start(['--db', 'people.db', '--port', '0'], { cwd: folder.path, env });
    words = ['doctor', '--wait', '--db', 'people.db', '--port', new URL(server.url).port];
  });
  afterEach(() => server.stop());

  const waiting = async (...more: readonly string[]): Promise<Waiting> => {
    const started = new Waiting([...words, ...more], folder.path, env);
    await started.said(/Watching .*press "/s);
    return started;
  };

  /** As an agent does. @returns the status, or 0 when TLS could not be set up */
  const ask = (path: string, { token = TOKEN, trusts = true, agent = AGENT } = {}): Promise<number> =>
    new Promise((resolve) => {
      const headers = { Authorization: `Bearer ${token}`, 'User-Agent': agent };
      const url = path.startsWith('/scim') ? new URL(server.url).origin + path : server.url + path;
      // Another client each time: a connection that stands is not set up anew.
      const options = { headers, agent: false, rejectUnauthorized: !trusts } as const;
      const sent = request(url, options, (reply) => {
        reply.resume().on('end', () => resolve(reply.statusCode ?? 0));
      });
      sent.on('error', () => resolve(0)).end();
    });

  it('tells of each try what is wrong with it, and ends with 0 once one is green', async () => {
    const wait = await waiting();
    expect(await ask('/ServiceProviderConfigs', { trusts: false })).to.equal(0);
    await wait.said(/✗ TLS handshake .*127\.0\.0\.1.*\n +Cause .*\n +Fix .*\n +.* cert export-ca/);
    expect(await ask('/ServiceProviderConfigs', { token: 'another' })).to.equal(401);
    await wait.said(/✗ A request +seen from 127\.0\.0\.1 \(agent\/3\): the token is not accepted/);
    expect(await ask('/scim/v3/ServiceProviderConfigs')).to.equal(404);
    await wait.said(/✗ A request +seen from .* use \/scim\/v1\/ or \/scim\/v2\/ in the base URL/);
    expect(await ask('/ServiceProviderConfigs', { agent: 'scim-connector-doctor' })).to.equal(200);
    expect(await ask('/Users?count=10')).to.equal(200);
    await wait.said(/✓ Import Now: users +seen from/);
    expect(await ask('/ServiceProviderConfigs')).to.equal(200);
    expect(await wait.end()).to.equal(0);
    expect(
      wait.stdout.match(/^✓ .*/gm)?.map((line) =>
        line
          .replace(/\(\d+ ms\)/, '')
          .replaceAll(/ +/g, ' ')
          .trim(),
      ),
    ).to.deep.equal([
      '✓ Import Now: users seen from 127.0.0.1 (agent/3), green',
      '✓ Test Connector Configuration seen from 127.0.0.1 (agent/3), green',
    ]);
  });

  it('sees every try to set up TLS, also a second one a moment later', async () => {
    const wait = await waiting();
    for (const time of [1, 2, 3]) {
      await ask('/Users', { trusts: false });
      await wait.said(new RegExp(`(✗ TLS handshake[^✗]*){${time}}`));
    }
    wait.interrupt();
    expect(await wait.end()).to.equal(130);
  });

  it('goes on until an import is served whole', async () => {
    const wait = await waiting('--until', 'import', '--json');
    await ask('/ServiceProviderConfigs');
    await ask('/Groups?startIndex=1&count=200');
    await ask('/Users?startIndex=1&count=200');
    expect(await wait.end()).to.equal(0);
    const { ok, seen } = JSON.parse(wait.stdout) as { ok: boolean; seen: readonly Record<string, unknown>[] };
    expect(ok).to.equal(true);
    expect(seen.map(({ name }) => name)).to.deep.equal([
      'getImplementedUserManagementCapabilities',
      'downloadGroups',
      'downloadUsers',
    ]);
    expect(seen[0]).to.deep.include({ address: '127.0.0.1', app: 'default', userAgent: AGENT, status: 'ok' });
  });

  it('ends with 1 when nothing came in time, and says where to look', async () => {
    const wait = await waiting('--timeout', '1s');
    expect(await wait.end()).to.equal(1);
    expect(wait.stderr.replaceAll(/\s+/g, ' ')).to.match(/nothing came to .* within 1s: look whether the agent runs/);
  });

  it('waits for a service that is started anew', async () => {
    const wait = await waiting();
    const { port } = new URL(server.url);
    await server.stop();
    await wait.said(/the service has ended/);
    server = await CliServer.start(['--db', 'people.db', '--port', port], { cwd: folder.path, env });
    await wait.said(/the service runs again/);
    await ask('/ServiceProviderConfigs');
    expect(await wait.end()).to.equal(0);
  });

  it('needs a service that runs, and words that fit', async () => {
    expect((await cli([...words, '--timeout', 'soon'], { cwd: folder.path, env })).code).to.equal(2);
    expect((await cli([...words, '--clean'], { cwd: folder.path, env })).code).to.equal(2);
    await server.stop();
    const { code, stderr } = await cli([...words], { cwd: folder.path, env });
    expect(code).to.equal(1);
    expect(stderr).to.match(/^the service does not run; start it: .*serve/);
  });
});
