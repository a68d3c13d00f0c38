import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, CliServer, cli } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('match preview', () => {
  const folder = temporaryFolder();
  const env = () => ({ CONNECTOR_STATE_DIR: folder.path, NO_COLOR: '1' });
  const database = (): readonly string[] => ['--db', join(folder.path, 'a.db')];
  const match = (words: readonly string[], input = ''): Promise<CliResult> =>
    cli(['match', 'preview', ...database(), ...words], { env: env(), input });

  it('shows links and overwrites beside the service, in 80 columns, from a file or a pipe', async () => {
    const server = await CliServer.start([...database(), '--http', '--port', '0', '--auth', 'none'], { env: env() });
    try {
      await send(`${server.url}/Users`, 'POST', { userName: 'ann', title: 'Engineer' });
      const file = join(folder.path, 'users.csv');
      const csv =
        'login,title,notes\nann,Manager of a title that is long enough to be cut where the line ends\nnew,x,\n';
      writeFileSync(file, csv.replace('ends\n', 'ends,\n'));
      const { stdout, code, stderr } = await match(['--okta-export', file]);
      expect(code, stderr).to.equal(0);
      expect(stdout).to.match(
        /^export {6}2 rows\nmatched by {2}userName\nlinked {6}1, of which a push leaves 0 as they are\nnew {9}1\n/,
      );
      expect(stdout).to.contain('  title: 1 overwritten\n      ann: Engineer → Manager of a title');
      expect(stdout.replaceAll(/\s+/g, ' ')).to.contain('not used: notes');
      for (const line of stdout.split('\n')) expect(line.length, line).to.be.at.most(80);
      const piped = await match(['--okta-export', '-', '--json'], 'login,title\nann,Manager\nann,Manager\n');
      expect(piped.code).to.equal(1);
      expect(JSON.parse(piped.stdout)).to.deep.include({ ok: false, linked: 0, field: 'userName' });
    } finally {
      await server.stop();
    }
  });

  it("writes a report that is its owner's alone, once, and leaves nothing of one that fails", async () => {
    const server = await CliServer.start([...database(), '--http', '--port', '0', '--auth', 'none'], { env: env() });
    const report = join(folder.path, 'match.html');
    try {
      await send(`${server.url}/Users`, 'POST', { userName: 'ann', title: '<b>Engineer</b>' });
      const words = ['--okta-export', '-', '--html', report];
      const failed = await match(words, 'title\nx\n');
      expect([failed.code, existsSync(report)], failed.stderr).to.deep.equal([2, false]);
      const { code, stderr } = await match(words, 'login,title,password\nann,<i>Manager</i>,Never-Shown-1\n');
      expect(code, stderr).to.equal(0);
      expect(statSync(report).mode & 0o777).to.equal(0o600);
      const page = readFileSync(report, 'utf8');
      expect(page).to.contain('<td>ann</td><td>&lt;b&gt;Engineer&lt;/b&gt;</td><td>&lt;i&gt;Manager&lt;/i&gt;</td>');
      expect(page).not.to.contain('Never-Shown');
      expect((await match(words, 'login\nann\n')).stderr).to.match(/match\.html: exists already/);
      const seen = join(folder.path, 'import.html');
      const imported = await cli(['import', 'preview', ...database(), '--html', seen, '--quiet'], { env: env() });
      expect(imported.stderr).to.equal('');
      expect(readFileSync(seen, 'utf8'))
        .to.contain('Import preview: default')
        .and.to.contain('without an e-mail address');
    } finally {
      await server.stop();
    }
  });

  it('says what is wrong with its use', async () => {
    expect((await match([])).code).to.equal(2);
    expect((await match(['--okta-export', join(folder.path, 'none.csv')])).stderr).to.match(/none\.csv: no such file/);
    const { code, stderr } = await match(['--okta-export', '-', '--field', 'nonsense'], 'login\nann\n');
    expect(code).to.equal(2);
    expect(stderr).to.contain('--field: User has no attribute "nonsense"');
  });
});
