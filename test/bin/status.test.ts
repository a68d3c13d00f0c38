import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Status } from '../../connector/operations/status/status.ts';
import { CliServer, cli, command } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TOKEN = 'a-token-of-some-length';
const AUTHORIZED = { Authorization: `Bearer ${TOKEN}`, 'User-Agent': 'agent/3' };

interface Told extends Omit<Status, 'lights'> {
  readonly ok: boolean;
  readonly lights: readonly { readonly light: string; readonly status: string; readonly text: string; fix?: string }[];
}

describe('status', () => {
  const folder = temporaryFolder();
  const SETTINGS = ['--http', '--db', 'people.db'];
  let server: CliServer | undefined;
  const env = { CONNECTOR_AUTH__TOKEN: TOKEN };
  const start = async (port = '0'): Promise<CliServer> => {
    server = await CliServer.start([...SETTINGS, '--port', port], { cwd: folder.path, env });
    return server;
  };
  const run = (...words: string[]) => {
    const port = server === undefined ? '0' : new URL(server.url).port;
    const named = words.includes('--port') ? [] : ['--port', port];
    return cli(['status', ...SETTINGS, ...named, ...words], { cwd: folder.path, env });
  };
  const told = async (...words: string[]): Promise<Told & { readonly code: number | null }> => {
    const { code, stdout, stderr } = await run('--json', ...words);
    expect(stderr).to.equal('');
    return { code, ...(JSON.parse(stdout) as Told) };
  };
  const light = ({ lights }: Told, name: string) => lights.find((one) => one.light === name);
  const ask = (path: string, headers = AUTHORIZED): Promise<{ status: number }> =>
    send(`${server?.url}${path}`, 'GET', undefined, headers);

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(() => start());
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  it('of a service that is well has lights that are all ok, and ends with 0', async () => {
    await ask('/Users?startIndex=1&count=100');
    const { code, ok, running, lights } = await told();
    expect([code, ok, running]).to.deep.equal([0, true, true]);
    expect(lights.map(({ light: name, status }) => `${name} ${status}`)).to.deep.equal([
      'service ok',
      'agent ok',
      'version ok',
      'backend ok',
      'certificate ok',
      'tokens ok',
      'journal ok',
    ]);
    const [service, agent, version] = lights;
    expect(service?.text).to.match(new RegExp(`runs for \\d+ s as process ${server?.pid}, http://127`));
    expect(agent?.text).to.match(/^last contact \d+ s ago: downloadUsers by configured from 127\.0\.0\.1, agent\/3$/);
    expect(version?.text).to.equal('SCIM 1.1 by configured');
  });

  it('shows the errors of one kind once, with the command that explains them', async () => {
    for (const id of ['a', 'b', 'c']) await ask(`/Users/${id}`);
    const { stdout } = await run();
    expect(stdout).to.match(
      /^Last errors\n {2}3 times, last \d+ s ago, importUserProfile, app default: User "…" not found$/m,
    );
    expect(stdout).to.match(/^ {4}scim-connector explain [2-9A-Z]{4}-[2-9A-Z]{4}$/m);
    expect(stdout).to.match(/^Today: 3 importUserProfile \(3 not done\)$/m);
  });

  it('shows how far an import is', async () => {
    for (let i = 0; i < 15; i += 1) await send(`${server?.url}/Users`, 'POST', { userName: `p${i}` }, AUTHORIZED);
    await ask('/Users?startIndex=1&count=10');
    expect((await run()).stdout).to.match(/^Running import\n {2}downloadUsers \(User\), 10 of 15 in 1 page/m);
    expect((await told()).imports[0]).to.include({ read: 10, total: 15, pages: 1 });
  });

  it('says why a store does not answer, what to type, and ends with 3', async () => {
    renameSync(join(folder.path, 'people.db'), join(folder.path, 'moved.db'));
    const found = await told();
    expect(found.code).to.equal(3);
    expect(light(found, 'backend')).to.include({ status: 'failed', fix: 'scim-connector check' });
    expect(light(found, 'backend')?.text).to.match(/people\.db/);
    const { stdout } = await run();
    expect(stdout).to.match(/^What to type\n {2}scim-connector check$/m);
    writeFileSync(join(folder.path, 'my file.toml'), 'config_version = 1\n');
    expect((await run('--config', 'my file.toml')).stdout).to.match(
      / {2}scim-connector check --config "my file\.toml"$/m,
    );
  });

  it('warns of a credential that is refused, which --strict makes an end with 7', async () => {
    await ask('/Users', { ...AUTHORIZED, Authorization: 'Bearer wrong' });
    const found = await told();
    expect(found.code).to.equal(0);
    expect(light(found, 'agent')?.text).to.match(/^127\.0\.0\.1 was refused \d+ s ago: /);
    expect(light(found, 'agent')?.fix).to.match(/^scim-connector explain \S+$/);
    expect((await run('--strict')).code).to.equal(7);
    await ask('/Users?startIndex=1&count=1');
    expect((await run('--strict')).code).to.equal(0);
  });

  it('of a service that was stopped tells all the rest, who called last too, and ends with 1', async () => {
    await ask('/Users/nobody');
    await server?.stop();
    const found = await told();
    expect([found.code, found.running]).to.deep.equal([1, false]);
    expect(light(found, 'service')).to.deep.include({
      status: 'failed',
      text: 'does not run: Okta gets no answer',
      fix: 'scim-connector serve',
    });
    expect(light(found, 'agent')?.text).to.match(/^last contact \d+ s ago: importUserProfile \(refused\)/);
    expect(light(found, 'backend')?.status).to.equal('ok');
    expect(found.errors[0]).to.include({ reason: 'notFound', count: 1 });
  });

  it('says who has the port of a service that does not run', async () => {
    const other = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await server?.stop();
    const found = await told('--port', String(port));
    other.close();
    expect(light(found, 'service')?.text).to.match(/^does not run: 127\.0\.0\.1:\d+ is taken by .*; end it, or choose/);
    expect(found.code).to.equal(1);
  });

  it('knows a service that runs without a channel', async () => {
    rmSync(join(folder.path, 'connector-data', 'admin'), { recursive: true });
    const found = await told();
    expect(light(found, 'service')).to.include({ status: 'warning' });
    expect(light(found, 'service')?.text).to.match(
      /is taken by a connector that runs.*cannot be asked; its log says why$/,
    );
  });

  it('warns of a token that ends soon, and fails when it has', async () => {
    const settings = ['--http', '--port', '0'];
    const tokens = async (): Promise<readonly [number | null, string | undefined, string | undefined]> => {
      const { code, stdout } = await cli(['status', ...settings, '--json'], { cwd: folder.path });
      const found = light(JSON.parse(stdout) as Told, 'tokens');
      return [code, `${found?.status}: ${found?.text}`, found?.fix];
    };
    await server?.stop();
    server = await CliServer.start(settings, { cwd: folder.path });
    const add = 'scim-connector token add NAME';
    expect((await tokens())[1]).to.equal('warning: none: every request is answered 401');
    await cli(['token', 'add', 'okta', '--expires', '12h'], { cwd: folder.path });
    expect((await tokens())[1]).to.match(/^warning: okta: ends in 1[12] h, and every request is 401 then$/);
    const file = join(folder.path, 'connector-data', 'credentials.json');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/"expires": ?"[^"]*"/, '"expires":"2026-01-01T00:00:00.000Z"'),
    );
    expect((await tokens()).slice(1)).to.deep.equal(['failed: okta expired: every request is answered 401', add]);
  });

  it('says in one line to another account that it may not ask', function () {
    const words = ['status', ...SETTINGS, '--port', new URL(server?.url ?? '').port, '--json'];
    const another = { uid: 65_534, gid: 65_534, cwd: folder.path, encoding: 'utf8' } as const;
    if (process.getuid?.() !== 0 || spawnSync(command[0] ?? '', [...command.slice(1), 'version'], another).status !== 0)
      this.skip();
    chmodSync(folder.path, 0o755);
    const { status, stdout } = spawnSync(command[0] ?? '', [...command.slice(1), ...words], another);
    const { lights } = JSON.parse(stdout) as Told;
    expect(status).to.equal(5);
    expect(lights.map(({ text }) => text)).to.deep.equal([
      'cannot be seen: only its own account and administrators may ask the service; use sudo',
    ]);
  });

  it('leaves nothing behind, and asks nothing of Okta', async () => {
    await server?.stop();
    const before = (await told()).counts;
    expect((await told()).counts).to.deep.equal(before);
    expect(before).to.deep.equal([]);
  });
});
