import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Alert } from '../../connector/alerts/alert.ts';
import { Receiver } from '../alerts/receiver.ts';
import { CliServer, cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('alerts of a running service', () => {
  const folder = temporaryFolder();
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await Receiver.start();
    const file = [
      'config_version = 1',
      '[server]\nlisten = "127.0.0.1:0"\nhttp = true',
      '[alerts]\nrefused_credentials = 3\nfailures = 3',
      `[alerts.webhook]\nurl = "${receiver.url}"\nsecret = { env = "WEBHOOK_KEY" }`,
    ];
    writeFileSync(join(folder.path, 'connector.toml'), file.join('\n'));
  });
  afterEach(() => receiver.close());

  const env = { WEBHOOK_KEY: 'a-key' };
  const start = () => CliServer.start([], { cwd: folder.path, env });
  const alerts = (): readonly Alert[] => receiver.received.flatMap(({ body }) => JSON.parse(body).alerts);
  const token = async (): Promise<string> =>
    (await cli(['token', 'add', 'okta', '--quiet'], { cwd: folder.path, env })).stdout.trim();
  const get = async (server: CliServer, authorization: string): Promise<number> =>
    (await fetch(`${server.url}/Users?count=1`, { headers: { authorization } })).status;

  it('nothing is told where nothing is wrong', async () => {
    const good = `Bearer ${await token()}`;
    const server = await start();
    for (let i = 0; i < 50; i += 1) expect(await get(server, good)).to.equal(200);
    const { stderr } = await server.stop();
    expect(stderr)
      .to.match(/"event":101,/)
      .and.match(/"event":102,/);
    expect(alerts()).to.deep.equal([]);
  });

  it('wrong credentials are told once, with the address, whose it is and what to run, and never the credential', async () => {
    const good = `Bearer ${await token()}`;
    const server = await start();
    for (let i = 0; i < 8; i += 1) await get(server, 'Bearer a-wrong-secret');
    await receiver.count(1);
    expect(await get(server, good)).to.equal(200);
    await server.stop();
    await receiver.count(2);
    expect(alerts().map(({ event, state, app }) => [event, state, app])).to.deep.equal([
      [404, 'began', 'default'],
      [404, 'over', 'default'],
    ]);
    const [first] = alerts();
    expect(first?.text).to.contain('from 127.0.0.1');
    expect(first?.command).to.equal(`scim-connector token list --config ${join(folder.path, 'connector.toml')}`);
    expect(receiver.received.map(({ body }) => body).join()).not.to.match(/wrong-secret|a-key/);
  });

  it('a start after a kill is told, one after a stop is not', async () => {
    const first = await start();
    first.signal('SIGKILL');
    await first.ended();
    const second = await start();
    await second.stop();
    await receiver.count(1);
    const third = await start();
    await third.stop();
    expect(alerts().map(({ event, state }) => [event, state])).to.deep.equal([[103, 'happened']]);
  });

  it('a configuration that is refused is told, and the old channel is used', async () => {
    const server = await start();
    const file = join(folder.path, 'connector.toml');
    renameSync(file, `${file}.old`);
    writeFileSync(file, 'config_version = 1\n[server]\nlistem = ":1"\n');
    server.signal('SIGHUP');
    await server.logged(/"event":106,/);
    await server.stop();
    await receiver.count(1);
    const [alert] = alerts();
    expect(alert?.event).to.equal(106);
    expect(alert?.text).to.match(/keeping the configuration in use: .*listem.*listen/);
  });

  it('a receiver that does not answer keeps nobody waiting', async () => {
    const good = `Bearer ${await token()}`;
    await receiver.close();
    receiver = await Receiver.start({ statuses: [undefined] });
    const file = join(folder.path, 'connector.toml');
    const url = `alerts.webhook.url`;
    const server = await CliServer.start([`--${url}`, receiver.url, '--config', file], { cwd: folder.path, env });
    for (let i = 0; i < 8; i += 1) await get(server, 'Bearer a-wrong-secret');
    await receiver.count(1);
    for (let i = 0; i < 50; i += 1) expect(await get(server, good)).to.equal(200);
    expect(receiver.received).to.have.length(1);
    const { code } = await server.stop();
    expect(code).to.equal(0);
  });
});
