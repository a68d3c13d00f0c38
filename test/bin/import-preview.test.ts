import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, CliServer, cli } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('import preview', () => {
  const folder = temporaryFolder();
  const env = () => ({ CONNECTOR_STATE_DIR: folder.path, NO_COLOR: '1' });
  const database = (): readonly string[] => ['--db', join(folder.path, 'a.db')];
  const preview = (...words: readonly string[]): Promise<CliResult> =>
    cli(['import', 'preview', ...database(), ...words], { env: env() });

  it('shows counts, whom Okta would refuse and how an import went, beside the service, in 80 columns', async () => {
    const server = await CliServer.start([...database(), '--http', '--port', '0', '--auth', 'none'], { env: env() });
    try {
      const name = { givenName: 'Ann', familyName: 'Lee' };
      const emails = [{ value: 'ann@example.com', type: 'primary', primary: true }];
      await send(`${server.url}/Users`, 'POST', { userName: 'ann@example.com', name, emails });
      const whole = await preview();
      expect(whole.code, whole.stderr).to.equal(0);
      expect(whole.stdout).to.match(/^users +1 \(1 active, 0 inactive\)\ngroups +0 with 0 memberships\n/);
      expect(whole.stdout).to.match(/\nNothing stands in the way of an import\.\n$/);
      await send(`${server.url}/Users`, 'POST', { userName: 'bob', name, emails: [{ value: 'bob', type: 'primary' }] });
      const { stdout, code } = await preview();
      expect(code).to.equal(1);
      expect(stdout).to.match(
        /failed {2}1 with an e-mail address that is none\n {4}fix: [^\n]*\n {6}bob {2}\(\S+\) {2}"bob"\n/,
      );
      expect(stdout).to.contain('1 of 2 people would be refused or imported badly.');
      for (const line of stdout.split('\n')) expect(line.length, line).to.be.at.most(80);
      const shown = JSON.parse((await preview('--json')).stdout);
      expect(shown).to.deep.include({ ok: false, users: { total: 2, active: 2, inactive: 0 }, faulty: 1 });
      await send(`${server.url}/Users?startIndex=1&count=200`, 'GET');
      expect(JSON.parse((await preview('--json')).stdout).safeguard).to.deep.include({
        state: 'passes',
        before: 2,
        now: 2,
      });
    } finally {
      await server.stop();
    }
  });

  it('says what is wrong with its use, and with a store that is not there', async () => {
    expect((await preview()).code).to.equal(3);
    expect((await preview('--app', 'hr')).code).to.equal(2);
    expect((await cli(['import'], { env: env() })).code).to.equal(2);
    writeFileSync(join(folder.path, 'a.db'), 'no database');
    expect((await preview()).code).to.equal(3);
  });
});
