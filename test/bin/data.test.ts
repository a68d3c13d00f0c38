import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, CliServer, cli } from '../support/cli.ts';
import { send } from '../support/send.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PEOPLE = [
  {
    type: 'User',
    id: 'u-1',
    userName: 'ana@example.com',
    name: { givenName: 'Ana', familyName: 'Silva, "the" Ärmel' },
    emails: [
      { value: 'ana@example.com', type: 'primary', primary: true },
      { value: 'ana@home.example', type: 'secondary' },
    ],
    'urn:okta:onprem_app:1.0:user:custom': { badge: 7 },
    meta: { created: '2024-01-31T09:00:00.000Z', lastModified: '2024-02-01T09:00:00.000Z' },
  },
  { type: 'User', userName: 'bo', active: false, password: 'Never-In-An-Export-1' },
  { type: 'Group', displayName: 'Staff', members: [{ value: 'u-1' }] },
];

describe('data', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  const data = (...words: string[]): Promise<CliResult> =>
    cli(['data', ...words], { env: { CONNECTOR_STATE_DIR: folder.path } });
  const write = (name: string, lines: readonly unknown[]): string => {
    writeFileSync(at(name), lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    return at(name);
  };
  const people = (): string => write('people.jsonl', PEOPLE);

  it('imports JSON lines and exports them again with ids, times and memberships', async () => {
    const imported = await data('import', people(), '--db', at('a.db'));
    expect(imported.stderr).to.include('imported 2 users, 1 group, 1 membership');
    const { stdout, code } = await data('export', '--db', at('a.db'));
    expect(code).to.equal(0);
    const [ana, bo, staff] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(ana).to.deep.include({ id: 'u-1', name: PEOPLE[0]?.name, emails: PEOPLE[0]?.emails, meta: PEOPLE[0]?.meta });
    expect(ana['urn:okta:onprem_app:1.0:user:custom']).to.deep.equal({ badge: 7 });
    expect(bo).to.deep.include({ userName: 'bo', active: false });
    expect(staff.members.map(({ value }: { value: string }) => value)).to.deep.equal(['u-1']);
    expect(stdout).not.to.match(/password|argon2|Never-In/i);
  });

  it('carries password hashes when asked, so that the password still verifies', async () => {
    await data('import', people(), '--db', at('a.db'));
    await data('export', at('hashes.jsonl'), '--with-password-hashes', '--db', at('a.db'));
    const hash = /\$argon2id\$[^"]+/.exec(readFileSync(at('hashes.jsonl'), 'utf8'))?.[0];
    expect(hash).to.be.a('string');
    await data('import', at('hashes.jsonl'), '--with-password-hashes', '--db', at('b.db'));
    const { stdout } = await data('export', '--with-password-hashes', '--db', at('b.db'));
    expect(stdout).to.include(hash);
  });

  it('writes users as CSV that imports again', async () => {
    await data('import', people(), '--db', at('a.db'));
    await data('export', at('people.csv'), '--db', at('a.db'));
    const imported = await data('import', at('people.csv'), '--db', at('b.db'));
    expect(imported.stderr).to.include('imported 2 users');
    const { stdout } = await data('export', '--db', at('b.db'));
    const [ana] = stdout.split('\n').map((line) => line && JSON.parse(line));
    expect(ana).to.deep.include({ id: 'u-1', name: PEOPLE[0]?.name, emails: PEOPLE[0]?.emails });
  });

  it('changes nothing when one line is wrong, and names the line', async () => {
    const file = write('bad.jsonl', [...PEOPLE, { userName: 'c', active: 'maybe' }]);
    const { code, stderr } = await data('import', file, '--db', at('a.db'));
    expect(code).to.equal(2);
    expect(stderr).to.include('line 4: active must be true or false; nothing was written');
    expect((await data('export', '--db', at('a.db'))).stdout).to.equal('');
  });

  it('changes nothing when a user name is taken', async () => {
    const file = write('twice.jsonl', [{ userName: 'a' }, { userName: 'A' }]);
    const { code, stderr } = await data('import', file, '--db', at('a.db'));
    expect(code).to.equal(2);
    expect(stderr).to.match(/line 2 \(User "A"\): userName "A" is already in use/);
    expect((await data('export', '--db', at('a.db'))).stdout).to.equal('');
  });

  it('lists every problem in a dry run and makes no database', async () => {
    const file = write('bad.jsonl', [{ userName: '' }, 'not json', { displayName: 'G', members: [{}] }]);
    const { code, stderr } = await data('import', file, '--dry-run', '--db', at('a.db'));
    expect(code).to.equal(2);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => line.replace(/:.*/, '')),
    ).to.deep.equal(['line 1', 'line 2', 'line 3']);
    expect(existsSync(at('a.db'))).to.equal(false);
  });

  it('refuses what is not UTF-8 instead of importing other letters, and passes over a byte order mark', async () => {
    for (const [name, text] of [
      ['excel.csv', 'userName,name.familyName\r\nbo,Bo\r\nzoe,Zo\u00eb\r\n'],
      ['latin1.jsonl', '{"userName":"bo"}\n\n{"userName":"zo\u00eb"}\n'],
    ] as const) {
      writeFileSync(at(name), text, 'latin1');
      const { code, stderr } = await data('import', at(name), '--db', at('a.db'));
      expect([code, stderr]).to.satisfy(
        () => code === 2 && /line 3: not UTF-8 text; .* nothing was written/.test(stderr),
      );
    }
    writeFileSync(at('marked.jsonl'), '\ufeff{"userName":"zo\u00eb"}\n');
    expect((await data('import', at('marked.jsonl'), '--db', at('a.db'))).stderr).to.include('imported 1 user,');
  });

  it('refuses a CSV header that leads nowhere', async () => {
    const file = write('people.csv', ['userName,shoeSize', 'a,42']);
    const { code, stderr } = await data('import', file, '--db', at('a.db'));
    expect(code).to.equal(2);
    expect(stderr).to.include('columns that User lacks: shoeSize');
  });

  it('backs up while the server runs, refuses to import into or restore over its file', async () => {
    const server = await CliServer.start(['--db', at('a.db'), '--port', '0', '--http', '--auth', 'none'], {
      env: { CONNECTOR_STATE_DIR: folder.path },
    });
    try {
      expect((await send(`${server.url}/Users`, 'POST', { userName: 'kept' })).status).to.equal(201);
      expect((await data('backup', at('copy.db'), '--db', at('a.db'))).code).to.equal(0);
      const imported = await data('import', people(), '--db', at('a.db'));
      expect([imported.code, imported.stderr]).to.satisfy(
        ([code, text]: [number, string]) => code === 3 && /in use/.test(text),
      );
      expect((await data('restore', at('copy.db'), '--yes', '--db', at('a.db'))).code).to.equal(3);
    } finally {
      await server.stop();
    }
    expect((await data('restore', at('copy.db'), '--db', at('a.db'))).stderr).to.include('add --yes');
    expect((await data('restore', at('copy.db'), '--yes', '--db', at('a.db'))).code).to.equal(0);
    expect((await data('export', '--db', at('a.db'))).stdout).to.include('"kept"');
  });

  it('says what a CSV file has no place for, in how many, and how to keep it', async () => {
    const custom = 'urn:okta:onprem_app:1.0:user:custom';
    const file = write('more.jsonl', [
      { userName: 'a', [custom]: { badge: 7, floor: 2, room: 'B' }, addresses: [{ type: 'work', locality: 'Ulm' }] },
      { userName: 'b', [custom]: { badge: 8 }, emails: [{ value: 'b@example.com' }, { value: 'c@example.com' }] },
      { userName: 'c', name: { familyName: 'C', honorificPrefix: 'Dr.' }, phoneNumbers: [{ value: '1', type: 'fax' }] },
      { displayName: 'G', externalId: 'x', 'urn:okta:custom:group:1.0': { site: 'Ulm' } },
    ]);
    writeFileSync(
      at('c.toml'),
      `config_version = 1\n[apps.default.users.custom]\nroom = { type = "string" }\n[apps.default.groups.custom]\nsite = { type = "string" }\n`,
    );
    const common = ['--db', at('a.db'), '--config', at('c.toml')];
    await data('import', file, ...common);
    const left = await data('export', at('left.csv'), '--quiet', ...common);
    expect(left.stderr).to.equal(
      `warning: left out of the CSV: addresses (1 user), emails (1 user), name.honorificPrefix (1 user), phoneNumbers.fax (1 user), ${custom}:badge (2 users), ${custom}:floor (1 user). JSON lines keep everything: --format jsonl. A custom attribute has a column when it is declared under [apps.default.users.custom]\n`,
    );
    const groups = await data('export', at('groups.csv'), '--type', 'Group', '--json', ...common);
    expect(JSON.parse(groups.stdout)).to.deep.equal({
      file: at('groups.csv'),
      resources: 1,
      leftOut: [{ attribute: 'externalId', resources: 1 }],
    });
    expect(readFileSync(at('groups.csv'), 'utf8')).to.include(',Ulm');
    expect((await data('export', '--format', 'jsonl', ...common)).stderr).to.equal('exported 4 resources\n');
  });

  it('answers with --json wherever the answer is not the data itself', async () => {
    const json = async (...words: string[]): Promise<unknown> =>
      JSON.parse((await data(...words, '--json', '--quiet', '--db', at('a.db'))).stdout);
    expect(await json('import', people(), '--dry-run')).to.deep.equal({ resources: 3 });
    await data('import', people(), '--db', at('a.db'));
    expect(await json('export', at('out.jsonl'))).to.deep.equal({ file: at('out.jsonl'), resources: 3, leftOut: [] });
    expect(await json('backup', at('copy.db'))).to.include({ file: at('copy.db') });
    expect(await json('restore', at('copy.db'), '--yes')).to.deep.equal({ file: at('a.db'), source: at('copy.db') });
  });

  for (const [words, code, message] of [
    ['import gone.jsonl', 2, 'gone.jsonl: no such file or folder'],
    ['import .', 2, '.: is a folder; name a file'],
    ['import people.jsonl/x', 2, 'people.jsonl/x: lies below a file, not in a folder'],
    ['export . --db gone.db', 2, '.: exists already; name another'],
    ['export --db gone/gone.db', 3, 'SQLite: gone/gone.db does not exist; check the name and the current folder'],
    ['backup copy.db --db gone.db', 3, 'SQLite: gone.db does not exist; check the name and the current folder'],
    ['restore gone.db --db new.db', 3, 'SQLite: gone.db does not exist; check the name and the current folder'],
    ['restore people.jsonl --db new.db', 3, 'SQLite: people.jsonl: the file is not a SQLite database'],
  ] as const)
    it(`answers ${code}, one line and leaves nothing behind: data ${words}`, async () => {
      people();
      const before = readdirSync(folder.path);
      const given = await cli(['data', ...words.split(' ')], { cwd: folder.path });
      expect(given.stderr.replaceAll(`${folder.path}/`, '')).to.equal(`${message}\n`);
      expect([given.code, given.stdout]).to.deep.equal([code, '']);
      expect(readdirSync(folder.path)).to.deep.equal(before);
    });
});
