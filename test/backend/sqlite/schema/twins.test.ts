import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'chai';
import { examine } from '../../../../connector/backend/sqlite/examine.ts';
import { checkIntegrity } from '../../../../connector/backend/sqlite/file/integrity.ts';
import type { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import type { ResourceType } from '../../../../connector/scim/schema/resource-type.ts';
import { call, compile, everyone, nameOf } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

/** Written by the version before: it took "twin", "twin " and " twin" for three people. */
function oldFile(): string {
  const file = temporaryFile();
  const db = new Database(file);
  db.exec(readFileSync(join(import.meta.dirname, 'schema-1.sql'), 'utf8'));
  db.close();
  return file;
}

describe('a SQLite file from before names compared as directories compare them', () => {
  let file: string;
  let backend: SqliteBackend;
  beforeEach(async () => {
    file = oldFile();
    backend = await opened(file);
  });
  afterEach(() => backend.close());

  const find = async (type: ResourceType, text: string): Promise<readonly string[]> => {
    const { resources, total } = await backend.list(call, type, { ...everyone, filter: compile(type, text) });
    expect(total).to.equal(resources.length);
    return resources.map(nameOf);
  };
  const rename = (id: string, userName: string) =>
    backend.modify(call, User, id, [{ op: 'set', path: { attribute: 'userName' }, value: userName }]);
  const idsOf = async (text: string): Promise<readonly string[]> =>
    (await backend.list(call, User, { ...everyone, filter: compile(User, text) })).resources.map(({ id }) => id);

  it('opens with everybody in it, spelled as before', async () => {
    const names = async (type: ResourceType) => (await backend.list(call, type, everyone)).resources.map(nameOf);
    expect(await names(User)).to.deep.equal([
      ...['Ann', 'twin', 'twin ', ' twin', 'jos\u00e9', 'jose\u0301', '\uff50\uff41\uff54', 'alone\u00a0', 'last'],
    ]);
    expect(await names(Group)).to.deep.equal(['Engineering', 'Engineering ', 'So\u00adft']);
    for (const { id } of (await backend.list(call, User, everyone)).resources) {
      expect((await backend.get(call, User, id)).id).to.equal(id);
    }
    expect(checkIntegrity(file)).to.deep.equal([]);
  });

  it('finds all who have a name, however it is spelled', async () => {
    expect(await find(User, 'userName eq " TWIN"')).to.deep.equal(['twin', 'twin ', ' twin']);
    expect(await find(User, 'userName eq "JOSE\u0301"')).to.deep.equal(['jos\u00e9', 'jose\u0301']);
    expect(await find(User, 'userName eq "pat"')).to.deep.equal(['\uff50\uff41\uff54']);
    expect(await find(User, 'userName eq "alone"')).to.deep.equal(['alone\u00a0']);
    expect(await find(Group, 'displayName eq "engineering"')).to.deep.equal(['Engineering', 'Engineering ']);
    expect(await find(Group, 'displayName eq "SOFT"')).to.deep.equal(['So\u00adft']);
    const members = await backend.list(call, User, { ...everyone, filter: compile(User, 'groups.display eq "soft"') });
    expect(members.resources.map(nameOf)).to.deep.equal(['twin', 'twin ']);
  });

  it('lists twins side by side, each once, when sorted by name', async () => {
    const [path] = [{ attribute: User.attributes.find(({ name }) => name === 'userName') as never }];
    for (const descending of [false, true]) {
      const all = await backend.list(call, User, { ...everyone, sort: { path, descending } });
      const pages = await Promise.all(
        all.resources.map((_, offset) => backend.list(call, User, { sort: { path, descending }, offset, limit: 1 })),
      );
      expect(pages.flatMap(({ resources }) => resources)).to.deep.equal(all.resources);
      expect(new Set(all.resources.map(({ id }) => id)).size).to.equal(9);
    }
  });

  it('takes no further one, and lets twins be changed, renamed and deleted', async () => {
    for (const userName of ['twin', 'twin  ', 'T\u200bwin', '\uff54win']) {
      await refusal(backend.create(call, User, { userName }), 'uniqueness');
    }
    const [ann] = await idsOf('userName eq "ann"');
    await refusal(rename(ann ?? '', 'twin\u00a0'), 'uniqueness');
    const [first = '', second = '', third = ''] = await idsOf('userName eq "twin"');
    // In its own name any spelling is free.
    expect(nameOf(await rename(second, 'Twin'))).to.equal('Twin');
    expect(nameOf(await rename(third, 'somebody'))).to.equal('somebody');
    await refusal(rename(third, 'twin'), 'uniqueness');
    await backend.delete(call, User, first);
    await refusal(rename(third, 'twin'), 'uniqueness');
    await backend.delete(call, User, second);
    expect(nameOf(await rename(third, 'twin'))).to.equal('twin');
    await refusal(backend.create(call, User, { userName: 'TWIN' }), 'uniqueness');
  });

  it('is told of by check, by names and ids, before it is opened for the first time and after', async () => {
    const twins = await idsOf('userName eq "twin"');
    for (const one of [oldFile(), file]) {
      const [whole, ...warnings] = examine({ file: one, passwords: 'hash' });
      expect(whole).to.deep.include({ status: 'ok' });
      expect(warnings.map(({ status }) => status)).to.deep.equal(['warning', 'warning', 'warning']);
      expect(warnings[0]?.text).to.contain('"twin"').and.contain('"twin "').and.contain('" twin"');
      for (const id of twins) expect(warnings[0]?.text).to.contain(id);
      expect(warnings[2]?.text).to.match(/^groups "Engineering".* have one displayName/);
    }
  });
});
