import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { samplesOf } from '../metrics/samples.ts';
import { CliServer, cli } from '../support/cli.ts';
import { HttpClient } from '../support/http-client.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PLAIN = ['--http', '--port', '0', '--log.format=json'];
const OPEN = [...PLAIN, '--auth', 'none'];
const NO_LOGIN = '[auth]\nmethod = "none"\n';
const AT = /metrics at (http:\/\/127\.0\.0\.1:\d+\/metrics)/;

describe('serve with metrics', () => {
  const folder = temporaryFolder();
  const client = new HttpClient();
  let server: CliServer | undefined;
  const start = async (words: readonly string[], first = OPEN): Promise<CliServer> => {
    server = await CliServer.start([...first, ...words], { cwd: folder.path });
    return server;
  };
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  after(() => client.close());

  const scrape = async (running: CliServer): Promise<ReadonlyMap<string, number>> => {
    const [, url = ''] = await running.logged(AT);
    const { status, text } = await client.send('GET', url);
    expect(status, text).to.equal(200);
    return samplesOf(text);
  };

  it('shows what it has answered, what it is busy with and when things end', async () => {
    const running = await start(['--metrics.listen', '127.0.0.1:0']);
    await send(`${running.url}/Users`, 'GET');
    const read = await scrape(running);
    const ours = [...read].filter(([key]) => key.startsWith('scim_connector_') && !/_(bucket|sum)\{/.test(key));
    const known = Object.fromEntries(ours);
    expect(known).to.include({
      'scim_connector_requests_total{app="default",message="downloadUsers",outcome="done"}': 1,
      'scim_connector_backend_up{app="default"}': 1,
      scim_connector_requests_in_flight: 0,
      'scim_connector_requests_waiting{room="large"}': 0,
    });
    expect(ours.map(([key]) => key).filter((key) => /build_info\{version="\d+\.\d+\.\d+/.test(key))).to.have.length(1);
    expect(read.get('process_resident_memory_bytes')).to.be.greaterThan(1_000_000);
  });

  it('knows when certificate and tokens end, whoever made them meanwhile', async () => {
    const made = (name: string, ...words: readonly string[]) =>
      cli(['token', 'add', name, ...words], { cwd: folder.path });
    await made('okta', '--expires', '30d');
    await made('for-ever');
    server = await CliServer.start(['--port', '0', '--log.format=json', '--metrics.listen=127.0.0.1:0'], {
      cwd: folder.path,
    });
    const now = Date.now() / 1000;
    const read = await scrape(server);
    const in30Days = read.get('scim_connector_token_expiry_timestamp_seconds{name="okta"}') ?? 0;
    expect(in30Days - now).to.be.closeTo(30 * 86_400, 120);
    expect(read.get('scim_connector_token_expiry_timestamp_seconds{name="for-ever"}')).to.equal(undefined);
    const listed = JSON.parse((await cli(['cert', 'show', '--json'], { cwd: folder.path })).stdout);
    expect(read.get('scim_connector_certificate_expiry_timestamp_seconds')).to.equal(
      Math.floor(Date.parse(listed.notAfter ?? listed.certificate?.notAfter) / 1000),
    );
  });

  it('shows the store of each app', async () => {
    writeFileSync(join(folder.path, 'c.toml'), `config_version = 1\n${NO_LOGIN}[apps.default]\n[apps.hr]\n`);
    const read = await scrape(await start(['--config', 'c.toml', '--metrics.listen=127.0.0.1:0'], PLAIN));
    expect(read.get('scim_connector_backend_up{app="default"}')).to.equal(1);
    expect(read.get('scim_connector_backend_up{app="hr"}')).to.equal(1);
    expect(read.get('scim_connector_last_contact_timestamp_seconds{app="hr"}')).to.equal(0);
  });

  it('counts imports that are over, and remembers who called before a restart', async () => {
    const first = await start(['--metrics.listen=127.0.0.1:0']);
    await send(`${first.url}/Users?startIndex=1&count=200`, 'GET');
    const imports = 'scim_connector_imports_total{app="default",type="User",outcome="done"}';
    const contact = 'scim_connector_last_contact_timestamp_seconds{app="default"}';
    const before = await scrape(first);
    expect(before.get(imports)).to.equal(1);
    expect(before.get(imports.replace('User', 'Group'))).to.equal(0);
    await first.stop();
    const after = await scrape(await start(['--metrics.listen=127.0.0.1:0']));
    expect(after.get(imports)).to.equal(0);
    expect(after.get(contact)).to.be.closeTo(before.get(contact) ?? 0, 1);
  });

  it('counts agents that do not take the certificate', async () => {
    server = await CliServer.start(['--port', '0', '--log.format=json', '--metrics.listen=127.0.0.1:0'], {
      cwd: folder.path,
    });
    const failures = 'scim_connector_tls_failures_total{fault="agent-distrusts-certificate"}';
    expect((await scrape(server)).get(failures)).to.equal(0);
    const refused = await client.send('GET', `${server.url}/Users`).then(
      () => false,
      () => true,
    );
    expect(refused).to.equal(true);
    while ((await scrape(server)).get(failures) !== 1) await pause(20);
  });

  it('shows none unless it is told where', async () => {
    const running = await start([]);
    await send(`${running.url}/Users`, 'GET');
    expect((await send(new URL('/metrics', running.url).href, 'GET')).status).to.equal(404);
    await running.stop();
    expect(running.log).not.to.match(/metrics/);
  });

  it('exits with 2 when the port is taken, and names the setting', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, stderr } = await cli(['serve', ...OPEN, `--metrics.listen=127.0.0.1:${port}`], { cwd: folder.path });
    other.close();
    expect(code).to.equal(2);
    expect(stderr).to.contain(
      `port ${port} on 127.0.0.1 is taken by node (process ${process.pid}); choose another with --metrics.listen, or 0 for a free one`,
    );
  });

  it('exits with 2 where others could reach them', async () => {
    const { code, stderr } = await cli(['serve', ...OPEN, '--metrics.listen=:9464'], { cwd: folder.path });
    expect(code).to.equal(2);
    expect(stderr).to.contain('anything but a loopback address is refused; use "127.0.0.1:9464"');
  });

  it('stays where it is at a reload, says what needs a restart, and shows apps that are new', async () => {
    const write = (text: string) =>
      writeFileSync(join(folder.path, 'c.toml'), `config_version = 1\n${NO_LOGIN}[metrics]\n${text}`);
    write('listen = "127.0.0.1:0"\n');
    const running = await start(['--config', 'c.toml'], PLAIN);
    await scrape(running);
    write('listen = "127.0.0.1:9"\n[apps.default]\n[apps.hr]\n');
    running.signal('SIGHUP');
    await running.logged(/\[metrics\] has changed: restart to apply it/);
    await running.logged(/configuration read again and in force/);
    const read = await scrape(running);
    expect(read.get('scim_connector_backend_up{app="hr"}')).to.equal(1);
  });
});
