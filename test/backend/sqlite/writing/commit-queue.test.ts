import { expect } from 'chai';
import { Connection } from '../../../../connector/backend/sqlite/connection/connection.ts';
import { SqliteBackend } from '../../../../connector/backend/sqlite/sqlite-backend.ts';
import { CommitQueue } from '../../../../connector/backend/sqlite/writing/commit-queue.ts';
import { bindSimple } from '../../../../connector/scim/filter/bind.ts';
import { hashPassword, verifyPassword } from '../../../../connector/secrets/password-hash.ts';
import { call, compile } from '../../../conformance/company.ts';
import { User } from '../../../conformance/people.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { temporaryFile } from '../temporary-file.ts';

const { signal } = new AbortController();

describe('group commit', () => {
  let connection: Connection;
  let reader: Connection;
  let queue: CommitQueue;
  beforeEach(() => {
    const file = temporaryFile();
    connection = new Connection(file);
    connection.pragma('journal_mode = WAL');
    connection.db.exec('CREATE TABLE t (x UNIQUE)');
    reader = new Connection(file, { readonly: true });
    queue = new CommitQueue(connection);
  });
  afterEach(() => {
    connection.close();
    reader.close();
  });

  const insert = (x: number): Promise<number> =>
    queue.add(() => connection.run('INSERT INTO t VALUES (?)', x).changes, signal);
  const committed = (): unknown[] => reader.rows<readonly [number]>('SELECT x FROM t ORDER BY x').map(([x]) => x);

  it('puts what is asked in one turn into one transaction, and answers when others can see it', async () => {
    const before = reader.pragma('data_version') as number;
    const seen = await Promise.all([1, 2, 3].map((x) => insert(x).then(() => committed())));
    expect(seen).to.deep.equal([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(reader.pragma('data_version')).to.equal(before + 1);
  });

  it('undoes one operation and keeps its neighbours', async () => {
    const half = queue.add(() => {
      connection.run('INSERT INTO t VALUES (7)');
      throw new Error('changed my mind');
    }, signal);
    const outcomes = await Promise.allSettled([insert(1), half, insert(1), insert(2)]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(committed()).to.deep.equal([1, 2]);
  });

  it('refuses all of them when the store fails, and goes on with the next', async () => {
    const lost = queue.add(() => {
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' });
    }, signal);
    await Promise.all([insert(1), lost, insert(2)].map((one) => refusal(one, 'unavailable')));
    expect(committed()).to.deep.equal([]);
    await insert(3);
    expect(committed()).to.deep.equal([3]);
  });

  it('refuses all of them when the commit itself fails', async () => {
    connection.db.exec('PRAGMA foreign_keys = ON; CREATE TABLE u (y REFERENCES t (x) DEFERRABLE INITIALLY DEFERRED)');
    const broken = queue.add(() => connection.run('INSERT INTO u VALUES (404)'), signal);
    const outcomes = await Promise.allSettled([insert(1), broken]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    expect(connection.db.inTransaction).to.equal(false);
    await insert(2);
    expect(committed()).to.deep.equal([2]);
  });

  it('carries out nothing for a caller who has left', async () => {
    const gone = queue.add(() => connection.run('INSERT INTO t VALUES (9)'), AbortSignal.abort());
    await refusal(gone, 'unavailable');
    expect(committed()).to.deep.equal([]);
  });
});

describe('a SQLite backend of many', () => {
  const COUNT = 9000;
  let backend: SqliteBackend;
  before(async function () {
    this.timeout(60_000);
    backend = new SqliteBackend({ file: temporaryFile(), passwords: 'discard' });
    await backend.open();
    const people = Array.from({ length: COUNT }, (_, i) => ({
      type: 'User' as const,
      attributes: { userName: `u${String(i).padStart(5, '0')}`, title: i % 2 ? 'odd' : 'even' },
    }));
    await backend.importResources(call, people);
  });
  after(() => backend.close());

  const at = async (offset: number, query = {}): Promise<unknown> =>
    (await backend.list(call, User, { ...query, offset, limit: 1 })).resources[0]?.attributes['userName'];

  it('finds the same page wherever it begins, across deleted people', async () => {
    const { resources } = await backend.list(call, User, { offset: 4000, limit: 200 });
    for (const { id } of resources) await backend.delete(call, User, id);
    const { total, resources: all } = await backend.list(call, User, { offset: 0, limit: COUNT });
    expect(total).to.equal(COUNT - 200);
    for (const offset of [0, 3999, 4000, 4094, 4095, 4096, 4097, 8191, 8192, total - 1]) {
      expect(await at(offset), `offset ${offset}`).to.equal(all[offset]?.attributes['userName']);
    }
    expect(await at(total)).to.equal(undefined);
  });

  it('filters and sorts over all of them', async () => {
    const filter = compile(User, 'title eq "ODD"');
    const page = await backend.list(call, User, { filter, offset: 4300, limit: 2 });
    expect(page.total).to.equal((COUNT - 200) / 2);
    expect(await at(4300, { filter })).to.equal(page.resources[0]?.attributes['userName']);
    const sort = { path: bindSimple(User, { name: 'title' }, 'sortBy'), descending: true };
    expect(await at(0, { sort })).to.equal('u00001');
  });

  it('stops a search whose caller has left', async () => {
    const filter = compile(User, `title co "${'x'.repeat(10)}"`);
    const left = { ...call, signal: AbortSignal.abort() };
    // Every turn is too long, as it would be among millions.
    const { now } = performance;
    let clock = 0;
    performance.now = () => (clock += 1000);
    try {
      await refusal(backend.list(left, User, { filter, offset: 0, limit: 1 }), 'unavailable');
    } finally {
      performance.now = now;
    }
  });
});

describe('passwords', () => {
  it('are hashed as PHC strings, each with a salt of its own, and verified', async () => {
    const [first, second] = await Promise.all([hashPassword('t1meMa$heen'), hashPassword('t1meMa$heen')]);
    expect(first).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(first).to.not.equal(second);
    expect(await verifyPassword(first, 't1meMa$heen')).to.equal(true);
    expect(await verifyPassword(first, 't1meMa$heem')).to.equal(false);
    expect(await verifyPassword('plain', 'plain')).to.equal(false);
  });
});
