import { expect } from 'chai';
import type { Imported } from '../../../../connector/backend/module/transfer.ts';
import type { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { exportResources } from '../../../../connector/backend/sqlite/transfer/export.ts';
import { ENTERPRISE_SCHEMA } from '../../../../connector/scim/schema/names.ts';
import { verifyPassword } from '../../../../connector/secrets/password-hash.ts';
import { call, everyone, found, nameOf } from '../../../conformance/company.ts';
import { Group, people, User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { everything, opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

describe('export and import of a SQLite database', () => {
  let file: string;
  let backend: SqliteBackend;
  beforeEach(async () => {
    file = temporaryFile();
    backend = await opened(file);
  });
  afterEach(() => backend.close());

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
    expect(counts).to.deep.equal({ users: people.length + 1, groups: 4, memberships: 7, renumbered: 0 });
    expect(progress.at(-1)).to.equal(people.length + 5);
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

  it('takes a manager who is nowhere as he is exported', async () => {
    const boss = await backend.create(call, User, { userName: 'boss' });
    const attributes = { userName: 'ann', [ENTERPRISE_SCHEMA]: { manager: { managerId: boss.id } } };
    await backend.create(call, User, attributes);
    await backend.delete(call, User, boss.id);
    const exported = [...exportResources(file)];
    const other = await opened(temporaryFile());
    try {
      await other.importResources(call, exported as readonly Imported[]);
      expect(await everything(other)).to.deep.equal(await everything(backend));
      const [ann] = (await other.list(call, User, everyone)).resources;
      expect(ann?.attributes[ENTERPRISE_SCHEMA]).to.deep.equal({ manager: { managerId: boss.id } });
    } finally {
      await other.close();
    }
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
});
