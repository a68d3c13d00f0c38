import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const basic = (user: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

describe('token', () => {
  const folder = temporaryFolder();
  const run = (...words: readonly string[]) => cli(['token', ...words], { cwd: folder.path });
  const onDisk = () => readFileSync(join(folder.path, 'connector-data', 'credentials.json'), 'utf8');

  it('add prints the token alone on stdout, what to do with it on stderr, and keeps only its hash', async () => {
    const { code, stdout, stderr } = await run('add', 'okta');
    expect(code).to.equal(0);
    expect(stdout).to.match(/^scim_[A-Za-z0-9_-]{43}\n$/);
    expect(stderr).to.equal(
      'Shown this once. A running server accepts it within a second.\nIn Okta: Authorization type "HTTP Header", name Authorization, value "Bearer ", then the token above.\n',
    );
    expect(onDisk()).not.to.contain(stdout.trim());
  });

  it('add --quiet prints the token and nothing else', async () => {
    const { stdout, stderr } = await run('add', 'okta', '--quiet');
    expect(stdout).to.match(/^scim_\S+\n$/);
    expect(stderr).to.equal('');
  });

  it('add --json names everything about a token or a password', async () => {
    const token = JSON.parse(
      (await run('add', 'okta', '--app', 'default', '--expires', '2099-01-31', '--json')).stdout,
    );
    expect(token).to.have.all.keys('name', 'app', 'token', 'expires').and.include({
      name: 'okta',
      app: 'default',
      expires: '2099-01-31T00:00:00.000Z',
    });
    const password = JSON.parse((await run('add', 'agent', '--basic', 'okta', '--json')).stdout);
    expect(password).to.have.all.keys('name', 'username', 'password').and.include({ name: 'agent', username: 'okta' });
    expect(password.password).to.match(/^[A-Za-z0-9_-]{43}$/);
  });

  it('add says which apps will not take the credential', async () => {
    const { stderr } = await run('add', 'agent', '--basic', 'okta');
    expect(stderr).to.contain('App default will not accept it: its auth.method is "header".');
  });

  it('add tells the value for the header that is configured', async () => {
    writeFileSync(join(folder.path, 'c.toml'), 'config_version = 1\n[auth]\nheader = "X-Api-Key"\n');
    const { stderr } = await run('add', 'okta', '--config', 'c.toml');
    expect(stderr).to.contain('name X-Api-Key, value the token above.');
  });

  for (const [words, code, message] of [
    ['add ../okta', 5, 'the name of a credential is 1 to 64 letters, digits, dots, dashes or underscores'],
    ['add okta --app hr', 2, '--app: there is no app "hr"; configured: default'],
    ['add okta --basic us:er', 5, 'a user name has 1 to 128 characters and no colon'],
    ['add okta --expires soon', 2, '--expires takes a span such as 12h, 90d, 1y, or a date such as 2027-01-31'],
    ['add okta --expires 2020-01-31', 2, '--expires 2020-01-31 is not in the future'],
    ['revoke okta', 5, 'no credential is named "okta"'],
  ] as const)
    it(`${words}: ends with ${code}, one line and nothing made`, async () => {
      const { code: ended, stdout, stderr } = await run(...words.split(' '));
      expect([ended, stdout, stderr]).to.deep.equal([code, '', `${message}\n`]);
      expect(JSON.parse((await run('list', '--json')).stdout)).to.deep.equal([]);
    });

  it('add refuses a name that exists, and leaves that credential as it is', async () => {
    await run('add', 'okta');
    const before = onDisk();
    const { code, stdout, stderr } = await run('add', 'okta');
    expect([code, stdout]).to.deep.equal([5, '']);
    expect(stderr).to.equal('a credential named "okta" exists: take another name, or revoke it first\n');
    expect(onDisk()).to.equal(before);
  });

  it('list shows kind, app and dates in columns, never a secret', async () => {
    const { stdout: token } = await run('add', 'okta', '--expires', '2099-01-31');
    await run('add', 'agent', '--basic', 'corp', '--app', 'default');
    const { stdout, stderr } = await run('list');
    const today = new Date().toISOString().slice(0, 4);
    expect(stderr).to.equal('');
    expect(stdout.replaceAll(new RegExp(`${today}-\\d\\d-\\d\\d`, 'g'), 'TODAY-----').split('\n')).to.deep.equal([
      'NAME   KIND        APP      CREATED     EXPIRES               LAST USED',
      'okta   token       all      TODAY-----  2099-01-31T00:00:00Z  never',
      'agent  basic corp  default  TODAY-----  never                 never',
      '',
    ]);
    expect(stdout).not.to.contain(token.trim());
  });

  it('list says how to make the first one, and gives a program an empty list', async () => {
    expect(await run('list')).to.deep.equal({
      code: 0,
      stdout: '',
      stderr: 'no credential yet: make one with "token add NAME"\n',
    });
    expect(await run('list', '--json')).to.deep.equal({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it('revoke says so on stderr, and to a program on stdout', async () => {
    await run('add', 'one');
    await run('add', 'two');
    expect(await run('revoke', 'one')).to.deep.equal({ code: 0, stdout: '', stderr: 'revoked "one"\n' });
    const { stdout } = await run('revoke', 'two', '--json');
    expect(JSON.parse(stdout)).to.deep.equal({ name: 'two', revoked: true });
  });

  it('is noticed by a running server: added ones are accepted, used ones dated, revoked ones refused', async () => {
    writeFileSync(
      join(folder.path, 'c.toml'),
      'config_version = 1\n[server]\nhttp = true\nlisten = "127.0.0.1:0"\n[apps.default]\n[apps.hr.auth]\nmethod = "basic"\n',
    );
    const server = await CliServer.start(['--config', 'c.toml'], { cwd: folder.path });
    const hr = server.url.replace('/scim', '/hr/scim');
    const status = async (url: string, headers: Record<string, string>) =>
      (await send(`${url}/Users?count=1`, 'GET', undefined, headers)).status;
    /** The server looks at the file at most twice a second. */
    const becomes = async (wanted: number, url: string, headers: Record<string, string>) => {
      while ((await status(url, headers)) !== wanted) await new Promise((resolve) => setTimeout(resolve, 100));
    };
    try {
      const token = (await run('add', 'okta', '--config', 'c.toml')).stdout.trim();
      const password = (
        await run('add', 'agent', '--basic', 'okta', '--app', 'hr', '--config', 'c.toml')
      ).stdout.trim();
      await becomes(200, server.url, bearer(token));
      await becomes(200, hr, basic('okta', password));
      expect(await status(server.url, basic('okta', password))).to.equal(401);
      await run('revoke', 'okta', '--config', 'c.toml');
      await becomes(401, server.url, bearer(token));
      expect(await status(hr, basic('okta', password))).to.equal(200);
    } finally {
      await server.stop();
    }
    // Written at the stop at the latest.
    const [agent] = JSON.parse((await run('list', '--json', '--config', 'c.toml')).stdout);
    expect(agent).to.include({ name: 'agent', kind: 'basic', username: 'okta', app: 'hr', expired: false });
    expect(Date.parse(agent.lastUsed)).to.be.at.least(Date.parse(agent.created));
  });
});
