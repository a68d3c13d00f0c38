import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { HttpClient } from '../support/http-client.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const OPEN = ['--http', '--auth', 'none', '--port', '0'];
const TOKEN = 'a-token-of-some-length';

/** Waits for what another process does; gives up at the test's timeout. */
async function until(true_: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await true_())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('serve', () => {
  const folder = temporaryFolder();
  const running: CliServer[] = [];
  const start = async (words: readonly string[], env: Record<string, string> = {}): Promise<CliServer> => {
    const server = await CliServer.start(words, { cwd: folder.path, env });
    running.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });
  const status = async (server: CliServer, headers: Record<string, string> = {}): Promise<number> =>
    (await send(`${server.url}/Users`, 'GET', undefined, headers)).status;

  it('says where it listens in one line per app and version when it is ready', async () => {
    const server = await start(['--http', '--auth', 'none', '--port', '0', '--db', 'people.db']);
    expect(server.url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v1$/);
    expect(await status(server)).to.equal(200);
    const second = `SCIM 2.0 at ${server.url.replace(/v1$/, 'v2')} (entitlements, schema import, Microsoft Entra)`;
    await until(() => server.stdout.includes('Entra)'));
    expect(server.stdout).to.equal(`listening on ${server.url}\n${second}`);
  });

  it('serves each app at its own path', async () => {
    writeFileSync(join(folder.path, 'c.toml'), 'config_version = 1\n[apps.default]\n[apps.hr]\n');
    const server = await start([
      '--http',
      '--port',
      '0',
      '--config',
      'c.toml',
      '--apps.default.auth.method=none',
      '--apps.hr.auth.method=none',
    ]);
    await until(() => server.stdout.split('\n').length === 4);
    expect(server.stdout.split('\n').slice(0, 2)).to.deep.equal([
      `listening on ${server.url}`,
      `listening on ${server.url.replace('/scim', '/hr/scim')}`,
    ]);
    expect((await send(`${server.url.replace('/scim', '/hr/scim')}/Users`, 'GET')).status).to.equal(200);
  });

  it('accepts a fixed token from the environment', async () => {
    const server = await start(['--http', '--port', '0'], { CONNECTOR_AUTH__TOKEN: TOKEN });
    expect(await status(server)).to.equal(401);
    expect(await status(server, { Authorization: `Bearer ${TOKEN}` })).to.equal(200);
  });

  it('accepts a fixed login from the environment, with or without --auth basic', async () => {
    const env = { CONNECTOR_AUTH__USERNAME: 'okta', CONNECTOR_AUTH__PASSWORD: 'pass:wörd-91-kb' };
    const Authorization = `Basic ${Buffer.from('okta:pass:wörd-91-kb').toString('base64')}`;
    for (const words of [[], ['--auth', 'basic']]) {
      const server = await start(['--http', '--port', '0', ...words], env);
      expect(await status(server)).to.equal(401);
      expect(await status(server, { Authorization })).to.equal(200);
      await server.stop();
    }
  });

  it('starts without any credential, warns how to make one, and answers 401', async () => {
    const server = await start(['--http', '--port', '0']);
    expect(await status(server, { Authorization: 'Bearer x' })).to.equal(401);
    const { stderr } = await server.stop();
    expect(stderr).to.contain(
      'warning: app default has no credential, so every request is answered 401; make one with: scim-connector token add NAME',
    );
  });

  it('quick start makes one token, shows it once and serves HTTPS under a CA to import', async () => {
    const server = await start(['--quickstart', '--port', '0']);
    await until(() => server.stdout.includes('Okta asks for the capabilities'));
    const [, token = ''] = /Bearer (scim_\S+) {3}\(shown this once\)/.exec(server.stdout) ?? [];
    expect(server.stdout).to.contain(`${server.url}/`);
    const ca = readFileSync(join(folder.path, 'connector-data', 'tls', 'ca.crt'), 'utf8');
    const client = new HttpClient({ ca });
    const reply = await client.send('GET', `${server.url}/Users`, { Authorization: `Bearer ${token}` });
    client.close();
    expect(reply.status).to.equal(200);
    const { stderr } = await server.stop();
    expect(stderr).not.to.contain(token);
    expect(readFileSync(join(folder.path, 'connector-data', 'credentials.json'), 'utf8')).not.to.contain(token);

    const again = await start(['--quickstart', '--port', '0']);
    await until(() => again.stdout.includes('Okta asks for the capabilities'));
    expect(again.stdout).not.to.contain('scim_');
    expect(again.stdout).to.contain(
      'Bearer <the token "first">   (printed when it was made; "token add NAME" makes another)',
    );
  });

  it('quick start makes no token when one is configured, and takes it back when the start fails', async () => {
    const server = await start(['--quickstart', '--http', '--port', '0'], { CONNECTOR_AUTH__TOKEN: TOKEN });
    await until(() => server.stdout.includes('Okta asks for the capabilities'));
    await server.stop();
    const listed = async () => JSON.parse((await cli(['token', 'list', '--json'], { cwd: folder.path })).stdout);
    expect(await listed()).to.deep.equal([]);
    writeFileSync(join(folder.path, 'foreign.db'), 'no database');
    expect((await cli(['serve', '--quickstart', '--http', '--db', 'foreign.db'], { cwd: folder.path })).code).to.equal(
      3,
    );
    expect(await listed()).to.deep.equal([]);
  });

  it('exits with 2 when the port is taken, and says what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, stdout, stderr } = await cli(['serve', '--http', '--auth', 'none', '--port', String(port)], {
      cwd: folder.path,
    });
    other.close();
    expect([code, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.contain(
      `port ${port} on 127.0.0.1 is taken by node (process ${process.pid}); choose another with --port, or 0 for a free one`,
    );
  });

  it('exits with 3 when another connector has the database', async () => {
    await start([...OPEN, '--db', 'people.db']);
    const { code, stderr } = await cli(['serve', ...OPEN, '--db', 'people.db'], { cwd: folder.path });
    expect(code).to.equal(3);
    expect(stderr).to.contain('people.db is in use by another connector');
  });

  it('exits with 4 when the certificate cannot be read', async () => {
    const words = ['serve', '--port', '0', '--tls.source=pfx', '--tls.pfx_file=gone.pfx'];
    expect((await cli(words, { cwd: folder.path })).code).to.equal(4);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`stops cleanly with 0 at ${signal}`, async () => {
      const server = await start(OPEN);
      server.signal(signal);
      const { code, stderr } = await server.ended();
      expect(code).to.equal(0);
      expect(stderr).to.contain('stopped');
    });

  /** A request whose body is announced and not sent: it runs until its socket says more. */
  const unfinished = async (server: CliServer) => {
    const { port, pathname } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    const body = JSON.stringify({ schemas: ['urn:scim:schemas:core:1.0'], userName: 'late' });
    socket.write(
      `POST ${pathname}/Users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    // The server has begun with it once it asks for the body.
    await once(socket, 'data');
    return { socket, body };
  };

  it('finishes what runs before it stops, and accepts nothing new', async () => {
    const server = await start(OPEN);
    const { socket, body } = await unfinished(server);
    server.signal('SIGTERM');
    await until(() =>
      send(`${server.url}/Users`, 'GET').then(
        () => false,
        () => true,
      ),
    );
    const reply = once(socket, 'data');
    socket.write(body);
    expect(String((await reply)[0])).to.match(/^HTTP\/1\.1 201 /);
    expect((await server.ended()).code).to.equal(0);
  });

  it('ends at once with 130 at a second Ctrl-C', async () => {
    const server = await start([...OPEN, '--server.shutdown_grace', '10m']);
    const { socket } = await unfinished(server);
    server.signal('SIGINT');
    await until(() =>
      send(`${server.url}/Users`, 'GET').then(
        () => false,
        () => true,
      ),
    );
    server.signal('SIGINT');
    expect((await server.ended()).code).to.equal(130);
    socket.destroy();
  });

  it('reads its configuration again at SIGHUP, or keeps the old one and says why', async () => {
    const file = join(folder.path, 'c.toml');
    const write = (text: string) => writeFileSync(file, `config_version = 1\n[server]\nhttp = true\n${text}`);
    write('[auth]\nmethod = "none"\n');
    const server = await start(['--config', 'c.toml', '--port', '0']);
    expect(await status(server)).to.equal(200);
    write('[auth]\nmethod = "header"\n');
    server.signal('SIGHUP');
    await until(async () => (await status(server)) === 401);
    writeFileSync(file, 'config_version = 1\n[auth]\nmethd = "none"\n');
    server.signal('SIGHUP');
    await until(async () => /keeping the configuration in use/.test(server.log));
    expect(await status(server)).to.equal(401);
    write('[auth]\nmethod = "none"\n');
    server.signal('SIGHUP');
    await until(async () => (await status(server)) === 200);
    const { code, stderr } = await server.stop();
    expect(code).to.equal(0);
    expect(stderr).to.match(
      /keeping the configuration in use: .*c\.toml:3: auth\.methd: unknown setting; did you mean/,
    );
  });
});
