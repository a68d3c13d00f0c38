import { expect } from 'chai';
import { Connection } from '../../../../connector/backend/sqlite/connection/connection.ts';
import { CommitQueue } from '../../../../connector/backend/sqlite/writing/commit-queue.ts';
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
