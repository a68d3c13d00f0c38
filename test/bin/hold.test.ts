import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CONFIG = `config_version = 1

[server]
listen = "127.0.0.1:0"
http = true

[auth]
method = "none"

[apps.default.limits]
deactivations = { count = 2, percent = 1 }
`;

describe('hold and mode', () => {
  const folder = temporaryFolder();
  const run = (...words: readonly string[]) => cli([...words, '--config', 'c.toml'], { cwd: folder.path });

  it('stop a mass change of a running service, show it, decide it and write down who did', async () => {
    writeFileSync(join(folder.path, 'c.toml'), CONFIG);
    const server = await CliServer.start(['--config', 'c.toml'], { cwd: folder.path });
    try {
      const users = Array.from({ length: 12 }, (_, n) => ({
        schemas: ['urn:scim:schemas:core:1.0'],
        userName: `u${n}`,
      }));
      const ids: string[] = [];
      for (const user of users) ids.push((await send(`${server.url}/Users`, 'POST', user)).body['id']);
      const off = (n: number) => send(`${server.url}/Users/${ids[n]}`, 'PUT', { ...users[n], active: false });
      expect([(await off(0)).status, (await off(1)).status]).to.deep.equal([200, 200]);
      const held = await off(2);
      expect(held.status).to.equal(429);
      expect(held.headers.get('Retry-After')).to.equal('120');
      expect(held.text).to.contain('held: 3 people would be deactivated within 1d, limit 2. The connector');
      expect((await send(`${server.url}/Users`, 'POST', { ...users[0], userName: 'new' })).status).to.equal(429);
      expect((await send(`${server.url}/Users/${ids[2]}`, 'GET')).status).to.equal(200);
      await server.logged(/changes of the app are held \(hold 1\): 3 people/);
      const [open] = JSON.parse((await run('hold', 'list', '--open', '--json')).stdout);
      expect(open).to.include({ id: 1, app: 'default', state: 'open', requests: 2 });
      expect((await run('hold', 'show', '1')).stdout).to.match(/^modify User +u2 +1 +\S+ +active: true → false$/m);
      const { code, stdout } = await run('hold', 'release', '1', '--reason', 'agreed', '--json');
      expect([code, JSON.parse(stdout).state]).to.deep.equal([0, 'released']);
      expect((await off(2)).status).to.equal(200);
      await run('mode', 'read-only');
      expect((await off(3)).status).to.equal(403);
      await run('mode', 'hold', '--app', 'default', '--reason', 'maintenance');
      expect((await off(3)).status).to.equal(429);
      expect((await run('mode')).stdout).to.match(/^default +hold +\S+ +\S+ +maintenance, hold 2$/m);
      await run('mode', 'normal');
      expect((await off(3)).status).to.equal(200);
      const entries = JSON.parse((await run('audit', 'list', '--json')).stdout) as {
        action: string;
        details?: object;
      }[];
      const ours = entries.filter(({ action }) => /^(hold|mode)/.test(action));
      expect(ours.map(({ action }) => action).sort()).to.deep.equal([
        ...['hold release', 'mode hold', 'mode normal', 'mode read-only'],
      ]);
      expect(ours.find(({ action }) => action === 'hold release')?.details).to.include({ hold: 1, reason: 'agreed' });
    } finally {
      server.signal('SIGTERM');
      await server.ended();
    }
  });

  it('refuse what makes no sense', async () => {
    writeFileSync(join(folder.path, 'c.toml'), CONFIG);
    for (const words of [
      ['hold'],
      ['hold', 'show', '9'],
      ['hold', 'release', 'x'],
      ['mode', 'off'],
      ['mode', '--app', 'x'],
    ])
      expect((await run(...words)).code, words.join(' ')).to.equal(2);
    expect((await run('hold', 'list')).stderr).to.contain('nothing is held');
  });
});
