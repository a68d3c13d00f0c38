import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, CliServer, cli } from '../support/cli.ts';
import { directoryLab } from '../support/directories/directory-lab.ts';
import { peopleLdif } from '../support/directories/people.ts';
import { shortestFile } from '../support/directories/shortest-file.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('explain filter', () => {
  const folder = temporaryFolder();
  const explain = (...words: string[]): Promise<CliResult> =>
    cli(['explain', 'filter', '--db', join(folder.path, 'a.db'), ...words], {
      env: { CONNECTOR_STATE_DIR: folder.path, NO_COLOR: '1' },
    });
  const people = (...words: string[]) =>
    CliServer.start(['--db', join(folder.path, 'a.db'), '--http', '--port', '0', '--auth', 'none', ...words], {
      env: { CONNECTOR_STATE_DIR: folder.path },
    });

  it('shows the statement, its values, the plan and the verdict while the service runs', async () => {
    const server = await people();
    try {
      await send(`${server.url}/Users`, 'POST', { userName: 'BJensen' });
      const { stdout, stderr, code } = await explain('userName eq "bjensen"');
      expect(code, stderr).to.equal(0);
      expect(stdout).to.match(/^finds them:\n {2}SELECT .* r\.key = \?/);
      expect(stdout).to.contain('    ?1 = "bjensen"\n    finds it in the index resource_user_name (userName)\n');
      expect(stdout).to.match(/found 1 user, looked at 1 row, in [\d.]+ ms\nfast: an index finds it/);
      const shown = JSON.parse((await explain('title pr', '--json')).stdout);
      expect(shown).to.deep.include({ app: 'default', type: 'User', filter: 'title pr', found: 0, lookedAt: 1 });
    } finally {
      await server.stop();
    }
  });

  it('reads what SCIM 2.0 alone can say, and says so', async () => {
    const server = await people();
    try {
      await send(`${server.url}/Users`, 'POST', { userName: 'ana', emails: [{ value: 'ana@x.org', type: 'work' }] });
      const { stdout, stderr, code } = await explain('emails[type eq "work"].value eq "ANA@x.org"');
      expect(code, stderr).to.equal(0);
      expect(stdout).to.match(/^read as SCIM 2\.0\n\nfinds them:/);
      expect(stdout)
        .to.contain('finds it in the index of e-mail addresses')
        .and.contain('found 1 user, looked at 1 row');
      const all = await explain('meta.resourceType eq "User"');
      expect(all.code, all.stderr).to.equal(0);
      expect(all.stdout).to.contain('found 1 user, looked at 1 row');
      const wrong = await explain('emails[type eq "work"].value eq ana');
      expect(wrong.code).to.equal(2);
      expect(wrong.stderr).to.contain('found "ana" (text needs double quotes) at position 33');
    } finally {
      await server.stop();
    }
  });

  it('refuses a filter in the words in which a request is refused', async () => {
    const server = await people();
    const over = async (filter: string): Promise<string> => {
      const reply = await send(`${server.url}/Users?${new URLSearchParams({ filter })}`, 'GET');
      return String(JSON.parse(reply.text).Errors[0].description).replace(/ \(ref .*\)$/, '');
    };
    try {
      for (const filter of ['userNam eq "a"', 'userName eq', 'userName eq "a" and', 'active gt true', '']) {
        const { stderr, code, stdout } = await explain(filter);
        expect(code, filter).to.equal(2);
        expect(stdout).to.equal('');
        expect(stderr, filter).to.contain(await over(filter));
      }
    } finally {
      await server.stop();
    }
  });

  it('says where there is no database yet', async () => {
    const { stderr, code } = await cli(['explain', 'filter', '--db', join(folder.path, 'none.db'), 'title pr']);
    expect(code).to.equal(3);
    expect(stderr).to.contain('none.db does not exist');
  });
});

describe('explain filter of a directory', () => {
  const server = directoryLab('openldap');
  const folder = temporaryFolder();

  it('shows the LDAP filter, where it is asked, its indexes and the verdict', async () => {
    const { lab } = server;
    await lab.apply(peopleLdif(lab.flavour, 4));
    const file = join(folder.path, 'connector.toml');
    writeFileSync(file, shortestFile(lab));
    const { stdout, stderr, code } = await cli(['explain', 'filter', 'userName eq "user000002"', '--config', file], {
      env: { LDAP_PASSWORD: lab.flavour.service.password },
    });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(
      /^finds them:\n {2}\(&\(objectClass=\w+\)\(uid=user000002\)\)\n {4}base ou=people,[^\n]*, scope sub\n/,
    );
    expect(stdout).to.contain('    uid, equal: not shown to the service account\n');
    expect(stdout).to.match(/found 1 user, looked at 1 entry, of which the connector judged 1 itself, in/);
    const entra = await cli(['explain', 'filter', 'emails[type eq "work"].value eq "x@x.org"', '--config', file], {
      env: { LDAP_PASSWORD: lab.flavour.service.password },
    });
    expect(entra.stdout, 'what stands for a type').to.contain('(mail=x@x.org)');
    expect(stdout).to.contain("olcDbIndex | sed -n 's/^olcDbIndex: //p'");
  });
});
