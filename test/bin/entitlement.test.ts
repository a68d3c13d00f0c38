import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliServer, cli } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CONFIGURATION = `config_version = 1
[server]
listen = "127.0.0.1:0"
http = true
[auth]
method = "none"
[apps.default.entitlements]
License = {}
Role = { list = { admin = "Administrator" } }
`;

describe('entitlement', () => {
  const folder = temporaryFolder();
  const run = (words: readonly string[], input = '') =>
    cli(['entitlement', ...words, '--config', 'connector.toml'], { cwd: folder.path, input });
  const importing = (text: string) => run(['import', '-', '--type', 'License'], text);
  beforeEach(() => writeFileSync(join(folder.path, 'connector.toml'), CONFIGURATION));

  it('imports from a spreadsheet, adds and renames, and lists what Okta reads', async () => {
    const first = await importing(
      '\uFEFFID;Display Name;Description\r\ne3;Office E3;For the office\r\nf1;Office F1;\r\n',
    );
    expect(first).to.deep.equal({ code: 0, stdout: '', stderr: 'License: 2 added, 0 changed, 0 as they were\n' });
    const second = await importing('id,name\nf1,Office F1\ne5,"Office, E5"\ne3,Office E3\n');
    expect(second.stderr).to.contain('License: 1 added, 1 changed, 1 as they were\n');
    expect(second.stderr).to.contain('names should not change');
    const listed = JSON.parse((await run(['list', '--json'])).stdout);
    expect(listed).to.deep.equal([
      {
        type: 'License',
        entitlements: [
          { id: 'e3', name: 'Office E3' },
          { id: 'f1', name: 'Office F1' },
          { id: 'e5', name: 'Office, E5' },
        ],
      },
      { type: 'Role', entitlements: [{ id: 'admin', name: 'Administrator' }] },
    ]);
  });

  const REFUSED: readonly (readonly [what: string, text: string, message: string])[] = [
    [
      'no header',
      'e3,Office\n',
      'line 1 of the file: there is no column id; the first line names them: id,name,description',
    ],
    ['an empty name', 'id,name\ne3,\n', 'line 2 of the file: name is empty'],
    ['an id twice', 'id,name\ne3,A\ne3,B\n', 'line 3 of the file: the id "e3" again; each stands there once'],
    ['nobody', 'id,name\n', 'the file holds no entitlement; its first line names the columns: id,name,description'],
    [
      'a long description',
      `id,name,description\ne3,A,${'x'.repeat(1001)}\n`,
      'line 2 of the file: description is longer than 1000 characters',
    ],
  ];
  for (const [what, text, message] of REFUSED) {
    it(`refuses a file with ${what}, and stores nothing`, async () => {
      const ended = await importing(text);
      expect(ended.code).to.not.equal(0);
      expect(ended.stderr).to.equal(`${message}\n`);
    });
  }

  it('leaves lists of the configuration to the configuration', async () => {
    const ended = await run(['import', '-', '--type', 'role'], 'id,name\na,A\n');
    expect(ended.stderr).to.equal(
      'Role has its list in the configuration; change [apps.default.entitlements.Role] list\n',
    );
    expect((await run(['import', '-'], 'id,name\na,A\n')).stderr).to.equal(
      '--type is needed; there are License, Role\n',
    );
  });

  it('works beside a server that runs, and removes nothing that somebody has', async () => {
    const server = await CliServer.start(['--config', 'connector.toml'], { cwd: folder.path });
    try {
      await importing('id,name\ne3,Office E3\nf1,Office F1\n');
      const base = server.url.replace(/\/v1$/, '/v2');
      const person = { userName: 'ana', entitlements: [{ value: 'e3', type: 'License' }] };
      const made = await send(`${base}/Users`, 'POST', person);
      expect(made.status, made.text).to.equal(201);
      const refused = await run(['remove', 'f1', 'e3', '--type', 'License']);
      expect(refused.stderr).to.equal('License "e3": 1 person has it; take it away in Okta first\n');
      expect((await send(`${base}/Licenses`, 'GET')).body.totalResults).to.equal(2);
      expect((await run(['remove', 'f1', '--type', 'License'])).code).to.equal(0);
      expect((await send(`${base}/Licenses`, 'GET')).body.totalResults).to.equal(1);
    } finally {
      await server.stop();
    }
  });
});
