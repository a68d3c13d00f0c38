import Database from 'better-sqlite3';
import { expect } from 'chai';
import type { Call } from '../../../../connector/backend/backend.ts';
import type { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import type { StoredChange } from '../../../../connector/backend/trail.ts';
import type { Change } from '../../../../connector/scim/change.ts';
import { call } from '../../../conformance/company.ts';
import { Group, User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { opened } from '../opened.ts';
import { temporaryFile } from '../temporary-file.ts';

interface Told extends StoredChange {
  readonly seq: number;
}

describe('the outbox of a SQLite database', () => {
  let file: string;
  let backend: SqliteBackend;
  let told: Told[];
  let sent: string[];
  beforeEach(async () => {
    file = temporaryFile();
    backend = await opened(file);
    told = [];
    sent = [];
  });
  afterEach(() => backend.close());

  const recorded = (): Call => ({
    ...call,
    trail: {
      enclose: (change, seq) => {
        told.push({ ...change, seq });
        return JSON.stringify(change);
      },
      undone: () => undefined,
      intend: () => Promise.reject(new Error('no write of this store is intended')),
      sent: (text) => sent.push(text),
    },
  });
  /** What is in the file, as another program sees it. */
  const stored = (): readonly unknown[] => {
    const db = new Database(file, { readonly: true });
    try {
      return db
        .prepare('SELECT text FROM outbox ORDER BY seq')
        .pluck()
        .all()
        .map((text) => JSON.parse(String(text)));
    } finally {
      db.close();
    }
  };
  const waiting = async (): Promise<readonly number[]> => (await backend.outbox.waiting(1000)).map(({ seq }) => seq);
  const make = (userName: string, more = {}) => backend.create(recorded(), User, { userName, ...more });
  const modify = (id: string, ...changes: Change[]) => backend.modify(recorded(), User, id, changes);
  const title = (value: string): Change => ({ op: 'set', path: { attribute: 'title' }, value });

  it('tells the statements of a change, without values', async () => {
    const { id } = await make('ann', { title: 'Dr', password: 'Secret-canary-1' });
    await modify(id, title('Prof'));
    const members = [{ value: id }];
    const group = await backend.create(recorded(), Group, { displayName: 'Staff', members });
    await backend.delete(recorded(), User, id);
    expect(sent).to.deep.equal([
      `INSERT INTO resource (id, type, doc, …) VALUES ('${id}', 'User', …)`,
      'INSERT INTO password … (the hash is not shown)',
      `UPDATE resource SET doc = …, modified = …, version = version + 1 WHERE id = '${id}'`,
      `INSERT INTO resource (id, type, doc, …) VALUES ('${group.id}', 'Group', …)`,
      'INSERT INTO membership … (1 member)',
      `DELETE FROM resource WHERE id = '${id}'`,
    ]);
  });

  it('has each change as it was made, in order, and no password', async () => {
    const { id } = await make('ann', { title: 'Dr', password: 'Secret-canary-1' });
    await modify(id, title('Prof'));
    await modify(id, { op: 'set', path: { attribute: 'password' }, value: 'Secret-canary-2' });
    await modify(id, { op: 'unset', path: { attribute: 'password' } });
    await backend.delete(recorded(), User, id);
    const [type, name] = ['User', 'ann'];
    const was = { userName: 'ann', title: 'Dr' };
    const is = { userName: 'ann', title: 'Prof' };
    expect(stored()).to.deep.equal([
      { kind: 'create', type, id, name, after: was, password: 'set' },
      { kind: 'modify', type, id, name, before: was, after: is },
      { kind: 'modify', type, id, name, password: 'set' },
      { kind: 'modify', type, id, name, password: 'removed' },
      { kind: 'delete', type, id, name, before: is },
    ]);
    expect(await waiting()).to.deep.equal(told.map(({ seq }) => seq));
    expect(JSON.stringify(await backend.outbox.waiting(1000))).not.to.contain('canary');
  });

  it('has who joined and left a group: those who did, not those who were named', async () => {
    const [ann, bob, eve] = await Promise.all(['ann', 'bob', 'eve'].map((name) => make(name)));
    const ids = [ann, bob, eve].map((one) => ({ value: one?.id ?? '' }));
    const [a, b, e] = ids as [{ value: string }, { value: string }, { value: string }];
    const group = await backend.create(recorded(), Group, { displayName: 'G', members: [a, b, b] });
    const path = { attribute: 'members' };
    const move = (...changes: Change[]) => backend.modify(recorded(), Group, group.id, changes);
    told = [];
    await move({ op: 'add', path, values: [a, e] }, { op: 'remove', path, values: [b] });
    await move({ op: 'remove', path, values: [a] }, { op: 'add', path, values: [a] });
    await move({ op: 'set', path, value: [b] });
    const [common] = [{ kind: 'modify', type: 'Group', id: group.id, name: 'G' }];
    expect(told.map(({ seq: _, ...change }) => change)).to.deep.equal([
      { ...common, joined: [e.value], left: [b.value] },
      { ...common, joined: [b.value], left: [a.value, e.value] },
    ]);
    expect(stored().find((one) => (one as StoredChange).type === 'Group')).to.deep.equal({
      ...{ kind: 'create', type: 'Group', id: group.id, name: 'G', after: { displayName: 'G' } },
      joined: [a.value, b.value],
    });
  });

  it('has nothing of what changed nothing, was refused, or was asked for without a trail', async () => {
    const { id } = await make('ann', { title: 'Dr' });
    await modify(id, title('Dr'));
    await refusal(make('ANN'), 'uniqueness');
    await refusal(backend.delete(recorded(), User, 'nobody'), 'notFound');
    await backend.create(call, User, { userName: 'unrecorded' });
    expect(stored()).to.have.length(1);
  });

  it('has nothing of a change that was told and then undone, and all of those that shared its commit', async () => {
    const failing = recorded();
    const trail = {
      ...failing.trail,
      enclose: () => {
        throw new Error('told, then undone');
      },
    } as Call['trail'];
    const results = await Promise.allSettled([
      make('ann'),
      backend.create({ ...failing, trail } as Call, User, { userName: 'bob' }),
      make('eve'),
    ]);
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored().map((one) => (one as StoredChange).name)).to.deep.equal(['ann', 'eve']);
    expect((await backend.list(call, User, { offset: 0, limit: 9 })).total).to.equal(2);
  });

  it('loses what was carried away with the next commit, with none of its own, and what was not stays', async () => {
    await Promise.all(['a', 'b', 'c'].map((name) => make(name)));
    const [, second] = await waiting();
    backend.outbox.drop(second ?? 0);
    expect(stored()).to.have.length(3);
    await make('d');
    expect(stored().map((one) => (one as StoredChange).name)).to.deep.equal(['c', 'd']);
  });

  it('loses it when the store is closed, and numbers go on from what is left', async () => {
    await make('a');
    await make('b');
    const [first = 0, second = 0] = await waiting();
    backend.outbox.drop(first);
    await backend.close();
    expect(stored()).to.have.length(1);
    backend = await opened(file);
    expect(await waiting()).to.deep.equal([second]);
    await make('c');
    expect(await waiting()).to.deep.equal([second, second + 1]);
  });

  it('numbers nothing twice while it is open, however often it is emptied', async () => {
    for (const name of ['a', 'b', 'c']) {
      await make(name);
      backend.outbox.drop(Math.max(...(await waiting())));
      await backend.create(call, User, { userName: `unrecorded ${name}` });
      expect(stored()).to.deep.equal([]);
    }
    expect(new Set(told.map(({ seq }) => seq)).size).to.equal(3);
  });

  it('gives those after one', async () => {
    for (const name of ['a', 'b', 'c']) await make(name);
    const [first = 0, second = 0] = await waiting();
    expect((await backend.outbox.waiting(1, first)).map(({ seq }) => seq)).to.deep.equal([second]);
  });
});
