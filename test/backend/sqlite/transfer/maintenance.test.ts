import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import type { Imported } from '../../../../connector/backend/module/transfer.ts';
import { backup, restore } from '../../../../connector/backend/sqlite/file/backup.ts';
import { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { exportResources } from '../../../../connector/backend/sqlite/transfer/export.ts';
import { ENTERPRISE_SCHEMA } from '../../../../connector/scim/schema/names.ts';
import { verifyPassword } from '../../../../connector/secrets/password-hash.ts';
import { call, everyone, found, nameOf } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { temporaryFile } from '../temporary-file.ts';

async function opened(file: string): Promise<SqliteBackend> {
  const backend = new SqliteBackend({ file, passwords: 'hash' });
  await backend.open();
  return backend;
}

const everything = async (backend: SqliteBackend): Promise<unknown> => [
  await backend.list(call, User, everyone),
  await backend.list(call, Group, everyone),
];

describe('SQLite maintenance', () => {
  let file: string;
  let backend: SqliteBackend;
  beforeEach(async () => {
    file = temporaryFile();
    backend = await opened(file);
  });
  afterEach(() => backend.close());

  it('backs up while a connector writes, and restores what was there', async () => {
    await found(backend);
    const before = await everything(backend);
    const target = `${file}.backup`;
    let writing = true;
    const writer = (async () => {
      for (let i = 0; writing; i += 1) await backend.create(call, User, { userName: `later${i}` });
    })();
    await backup(file, target);
    writing = false;
    await writer;
    expect(statSync(target).mode & 0o777).to.equal(0o600);
    expect(readdirSync(dirname(file)).filter((name) => name.includes('partial'))).to.deep.equal([]);
    await refusal(restore(target, file), 'unavailable');
    await backend.close();
    await restore(target, file);
    backend = await opened(file);
    expect(await everything(backend)).to.deep.equal(before);
  });

  it('overwrites no backup unasked, and never the database', async () => {
    const target = `${file}.backup`;
    await backup(file, target);
    await refusal(backup(file, target), 'unavailable');
    await backup(file, target, { overwrite: true });
    await refusal(backup(file, file, { overwrite: true }), 'unavailable');
  });

  it('refuses to restore a damaged backup or another file, and leaves the database alone', async () => {
    await found(backend);
    const before = await everything(backend);
    const target = `${file}.backup`;
    await backup(file, target);
    await backend.close();
    const bytes = readFileSync(target);
    bytes.fill(0x5a, 4096 * 6, 4096 * 9);
    writeFileSync(target, bytes);
    await refusal(restore(target, file), 'unavailable');
    writeFileSync(target, 'no database at all, but long enough to be taken for one: '.repeat(50));
    await refusal(restore(target, file), 'unavailable');
    await refusal(restore(`${file}.missing`, file), 'unavailable');
    expect(existsSync(`${file}.missing`)).to.equal(false);
    backend = await opened(file);
    expect(await everything(backend)).to.deep.equal(before);
  });

  it('exports users, then groups, and imports them as they were', async () => {
    await found(backend);
    await backend.create(call, User, { userName: 'secret', password: 'pa$$word1' });
    const exported = [...exportResources(file)];
    expect(exported.map(nameOf)).to.deep.equal([
      ...(await backend.list(call, User, everyone)).resources.map(nameOf),
      ...(await backend.list(call, Group, everyone)).resources.map(nameOf),
    ]);
    expect(JSON.stringify(exported)).to.not.contain('argon2');
    const copy = await opened(temporaryFile());
    const progress: number[] = [];
    const counts = await copy.importResources(call, exportResources(file, { passwordHashes: true }), {
      passwordHashes: true,
      onProgress: (done) => progress.push(done),
    });
    expect(counts).to.deep.equal({ users: 8, groups: 4, memberships: 7, renumbered: 0 });
    expect(progress.at(-1)).to.equal(12);
    const strip = (text: string): string => text.replace(/"(lastModified|version)":"[^"]*"/g, '');
    expect(strip(JSON.stringify(await everything(copy)))).to.equal(strip(JSON.stringify(await everything(backend))));
    await copy.close();
    const [hash] = [...exportResources(file, { passwordHashes: true })].flatMap(
      ({ passwordHash }) => passwordHash ?? [],
    );
    expect(await verifyPassword(hash ?? '', 'pa$$word1')).to.equal(true);
    expect(await verifyPassword(hash ?? '', 'pa$$word2')).to.equal(false);
  });

  it('imports all or nothing, and says which resource is at fault', async () => {
    await backend.create(call, User, { userName: 'taken' });
    const before = await everything(backend);
    const good = Array.from({ length: 150 }, (_, i): Imported => ({ type: 'User', attributes: { userName: `u${i}` } }));
    const twice = await refusal(
      backend.importResources(call, [...good, { type: 'User', attributes: { userName: 'TAKEN' } }]),
      'uniqueness',
    );
    expect(twice.message).to.contain('resource 151').and.contain('TAKEN');
    const stranger = await refusal(
      backend.importResources(call, [
        ...good,
        { type: 'Group', attributes: { displayName: 'G', members: [{ value: 'nobody' }] } },
      ]),
      'invalidValue',
    );
    expect(stranger.message).to.contain('"nobody"').and.contain('"G"');
    const failing = (async function* (): AsyncGenerator<Imported> {
      yield* good;
      throw new Error('the file ends here');
    })();
    let failure: unknown;
    await backend.importResources(call, failing).catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.have.property('message', 'the file ends here');
    expect(await everything(backend)).to.deep.equal(before);
  });

  it('gives a taken or unfit id another one, and follows the references', async () => {
    const own = await backend.create(call, User, { userName: 'own' });
    const counts = await backend.importResources(call, [
      { type: 'Group', id: 'g-1', attributes: { displayName: 'G', members: [{ value: own.id }, { value: 'a/b' }] } },
      { type: 'User', id: own.id, attributes: { userName: 'boss', displayName: 'Boss' } },
      {
        type: 'User',
        id: 'a/b',
        attributes: { userName: 'ann', [ENTERPRISE_SCHEMA]: { manager: { managerId: own.id } } },
      },
      { type: 'User', id: '1001', attributes: { userName: 'numbered' } },
    ]);
    expect(counts).to.deep.equal({ users: 3, groups: 1, memberships: 2, renumbered: 2 });
    const { resources } = await backend.list(call, User, everyone);
    const [first, boss, ann, numbered] = resources;
    expect(first?.id).to.equal(own.id);
    expect(numbered?.id).to.equal('1001');
    expect(ann?.attributes[ENTERPRISE_SCHEMA]).to.deep.equal({ manager: { managerId: boss?.id, displayName: 'Boss' } });
    const group = await backend.get(call, Group, 'g-1');
    expect(group.attributes['members']).to.deep.equal([
      { value: boss?.id, display: 'Boss', type: 'User' },
      { value: ann?.id, display: 'ann', type: 'User' },
    ]);
  });

  it('makes other changes wait for an import, but not reads', async () => {
    const steps: string[] = [];
    const slow = (async function* (): AsyncGenerator<Imported> {
      yield { type: 'User', attributes: { userName: 'imported' } };
      const other = backend.create(call, User, { userName: 'other' }).then(() => steps.push('other'));
      await new Promise((resolve) => setImmediate(resolve));
      steps.push(`sees ${(await backend.list(call, User, everyone)).total}`);
      void other;
    })();
    await backend.importResources(call, slow);
    steps.push('imported');
    await backend.ping();
    await backend.close();
    backend = await opened(file);
    expect(steps).to.deep.equal(['sees 0', 'imported', 'other']);
    expect((await backend.list(call, User, everyone)).resources.map(nameOf)).to.deep.equal(['imported', 'other']);
  });

  it('shows applications the documented views', async () => {
    const { users } = await found(backend);
    await backend.create(call, User, { userName: 'secret', password: 'pa$$word1' });
    const db = new Database(file, { readonly: true });
    const babs = db.prepare('SELECT * FROM users WHERE id = ?').get(users[0]?.id) as Record<string, unknown>;
    expect(babs).to.include({
      user_name: 'bjensen',
      active: 1,
      given_name: 'Barbara',
      family_name: 'Jensen',
      display_name: 'Babs Jensen',
      primary_email: 'bjensen@example.com',
      external_id: 'EXT-701',
      password_hash: null,
      created: users[0]?.meta.created,
    });
    expect(db.prepare("SELECT primary_email FROM users WHERE user_name LIKE '%brahim'").pluck().get()).to.equal(
      'zoo@example.org',
    );
    const hash = db.prepare("SELECT password_hash FROM users WHERE user_name = 'secret'").pluck().get();
    expect(await verifyPassword(String(hash), 'pa$$word1')).to.equal(true);
    expect(db.prepare("SELECT description FROM groups WHERE display_name = 'Everybody'").pluck().get()).to.equal(
      'All people',
    );
    expect(db.prepare("SELECT count(*) FROM memberships WHERE member_type = 'User'").pluck().get()).to.equal(4);
    db.close();
  });
});
