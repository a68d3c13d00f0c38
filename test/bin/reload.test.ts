import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { CustomerAuthority } from '../support/customer-authority.ts';
import { shake } from '../support/handshake.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SCHEMAS = ['urn:scim:schemas:core:1.0'];

/** One signal at a time: the log tells when each has been dealt with. */
describe('a reload of a running server', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  const write = (text: string) => writeFileSync(at('c.toml'), `config_version = 1\n${text}`);
  const HTTP = '[server]\nhttp = true\nlisten = "127.0.0.1:0"\n';
  const OPEN = `${HTTP}[auth]\nmethod = "none"\n`;

  let server: CliServer | undefined;
  const start = async () => {
    server = await CliServer.start(['--config', 'c.toml', '--log.format=json'], { cwd: folder.path });
    return server;
  };
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  /** Sends the signal and waits for the `nth` time that the log says `outcome`. */
  const reload = async (running: CliServer, outcome: string, nth = 1) => {
    running.signal('SIGHUP');
    await running.logged(new RegExp(`(${outcome}[\\s\\S]*){${nth}}`));
  };
  const DONE = 'configuration read again and in force';
  const KEPT = 'keeping the configuration in use';

  it('applies another treatment of absent attributes in PUT', async () => {
    const put = async (url: string, user: { id: string; userName: string }) =>
      (await send(`${url}/Users/${user.id}`, 'PUT', { schemas: SCHEMAS, userName: user.userName })).body;
    write(`${OPEN}[apps.default]\nput = "merge"\n`);
    const running = await start();
    const { body: user } = await send(`${running.url}/Users`, 'POST', {
      schemas: SCHEMAS,
      userName: 'bjensen',
      title: 'Tour Guide',
    });
    expect(await put(running.url, user)).to.include({ title: 'Tour Guide' });
    write(`${OPEN}[apps.default]\nput = "replace"\n`);
    await reload(running, DONE);
    expect(await put(running.url, user)).not.to.have.property('title');
  });

  it('adds and removes apps, and leaves the people of the others where they are', async () => {
    write(`${OPEN}[apps.default]\n`);
    const running = await start();
    const hr = running.url.replace('/scim', '/hr/scim');
    const { body: user } = await send(`${running.url}/Users`, 'POST', { schemas: SCHEMAS, userName: 'bjensen' });
    expect((await send(`${hr}/Users`, 'GET')).status).to.equal(404);
    write(`${OPEN}[apps.default]\n[apps.hr]\n`);
    await reload(running, DONE);
    expect((await send(`${hr}/Users`, 'GET')).body).to.include({ totalResults: 0 });
    expect((await send(`${running.url}/Users/${user.id}`, 'GET')).body).to.include({ userName: 'bjensen' });
    await send(`${hr}/Users`, 'POST', { schemas: SCHEMAS, userName: 'bjensen' });
    write(`${OPEN}[apps.default]\n`);
    await reload(running, DONE, 2);
    expect((await send(`${hr}/Users`, 'GET')).status).to.equal(404);
    expect((await send(`${running.url}/Users`, 'GET')).body).to.include({ totalResults: 1 });
    // Removed from the configuration, not from the disk.
    write(`${OPEN}[apps.default]\n[apps.hr]\n`);
    await reload(running, DONE, 3);
    expect((await send(`${hr}/Users`, 'GET')).body).to.include({ totalResults: 1 });
  });

  it('keeps everything as it was, and says why, when the file is broken, gone or names what cannot be opened', async () => {
    write(`${OPEN}[apps.default]\n`);
    const running = await start();
    writeFileSync(at('no.db'), 'this is no database, but a file of some length that says so');
    const broken: readonly (() => void)[] = [
      () => write(`${OPEN}[apps.default]\n[apps.hr`),
      () => write(`${OPEN}[apps.default]\nput = "merg"\n`),
      () => write(`${OPEN}[apps.default]\n[apps.hr.sqlite]\nfile = "no.db"\n`),
      () => write(`${HTTP}[auth]\ntoken = { secret = "gone" }\n`),
      () => rmSync(at('c.toml')),
    ];
    for (const [i, spoil] of broken.entries()) {
      spoil();
      await reload(running, KEPT, i + 1);
      expect((await send(`${running.url}/Users`, 'GET')).status).to.equal(200);
      expect((await send(`${running.url.replace('/scim', '/hr/scim')}/Users`, 'GET')).status).to.equal(404);
    }
    write(`${OPEN}[apps.default]\n[apps.hr]\n`);
    await reload(running, DONE);
    expect((await send(`${running.url.replace('/scim', '/hr/scim')}/Users`, 'GET')).status).to.equal(200);
  });

  it('names what needs a restart', async () => {
    write(OPEN);
    const running = await start();
    write(OPEN.replace('[server]\n', '[server]\ndeadline = "20s"\n'));
    await reload(running, DONE);
    await running.logged(/server\.deadline has changed: restart to apply it/);
  });

  it('accepts a changed secret', async () => {
    write(`${HTTP}[auth]\ntoken = { secret = "okta" }\n`);
    const set = (input: string) => cli(['secret', 'set', 'okta', '--config', 'c.toml'], { cwd: folder.path, input });
    await set('the-first-token-of-okta');
    const running = await start();
    const status = async (token: string) =>
      (await send(`${running.url}/Users`, 'GET', undefined, { Authorization: `Bearer ${token}` })).status;
    expect(await status('the-first-token-of-okta')).to.equal(200);
    await set('the-second-token-of-okta');
    expect(await status('the-second-token-of-okta')).to.equal(401);
    await reload(running, DONE);
    expect(await status('the-second-token-of-okta')).to.equal(200);
    expect(await status('the-first-token-of-okta')).to.equal(401);
  });

  it('shows new connections a changed PEM certificate, and the old one while the new one is bad', async () => {
    const authority = new CustomerAuthority(folder.path);
    const install = ({ cert, key }: { readonly cert: string; readonly key: string }) => {
      writeFileSync(at('server.crt'), cert + authority.intermediate);
      writeFileSync(at('server.key'), key, { mode: 0o600 });
    };
    const first = authority.leaf();
    const second = authority.leaf();
    install(first);
    write(
      '[server]\nlisten = "127.0.0.1:0"\n[auth]\nmethod = "none"\n[tls]\nsource = "files"\ncert_file = "server.crt"\nkey_file = "server.key"\n',
    );
    const running = await start();
    const port = Number(new URL(running.url).port);
    const shown = async () => (await shake(port, { ca: authority.root, servername: 'localhost' })).fingerprint;
    const before = await shown();
    install({ cert: second.cert, key: first.key });
    await reload(running, 'keeping the certificate in use: \\S+server\\.key does not belong');
    expect(await shown()).to.equal(before);
    install(second);
    await reload(running, 'serving a new certificate');
    expect(await shown())
      .to.match(/^[0-9A-F:]{95}$/)
      .and.not.to.equal(before);
  });
});
