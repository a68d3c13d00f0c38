import { expect } from 'chai';
import { Connection } from '../../../../connector/backend/sqlite/connection/connection.ts';
import { CommitQueue } from '../../../../connector/backend/sqlite/writing/commit-queue.ts';
import { refusal } from '../../../conformance/refusal.ts';
import { temporaryFile } from '../temporary-file.ts';

const { signal } = new AbortController();

/** Another program, such as a person with a tool, has begun a change. */
describe('a database that another program holds locked', () => {
  let ours: Connection;
  let other: Connection;
  beforeEach(() => {
    const file = temporaryFile();
    ours = new Connection(file, { timeout: 0 });
    ours.pragma('journal_mode = WAL');
    ours.db.exec('CREATE TABLE t (x)');
    other = new Connection(file);
    other.db.exec('BEGIN IMMEDIATE');
  });
  afterEach(() => {
    ours.close();
    other.close();
  });

  const insert = (queue: CommitQueue, signal_ = signal): Promise<unknown> =>
    queue.add(() => ours.run('INSERT INTO t VALUES (1)'), signal_);
  const count = (): number => ours.rows('SELECT x FROM t').length;

  it('is waited for while reads and timers go on, and then written in the order that was asked', async () => {
    const queue = new CommitQueue(ours);
    const events: string[] = [];
    const writes = ['first', 'second'].map((name) => insert(queue).then(() => events.push(name)));
    for (let tick = 0; tick < 5; tick += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      events.push(`read ${count()}`);
    }
    other.db.exec('ROLLBACK');
    await Promise.all(writes);
    expect(events).to.deep.equal(['read 0', 'read 0', 'read 0', 'read 0', 'read 0', 'first', 'second']);
    expect(count()).to.equal(2);
  });

  it('is told with a time to come back when it stays locked; who comes later has a wait of his own', async () => {
    const queue = new CommitQueue(ours, { patience: 0 });
    const error = await refusal(insert(queue), 'unavailable');
    expect(error.message).to.equal('SQLite: another program holds the database locked; try again');
    expect(error.retryAfter).to.be.greaterThan(0);
    const patient = new CommitQueue(ours, { patience: 600_000 });
    const later = insert(patient);
    other.db.exec('ROLLBACK');
    await later;
    expect(count()).to.equal(1);
  });

  it('keeps nobody who has left', async () => {
    const leaving = new AbortController();
    const queue = new CommitQueue(ours, { patience: 600_000 });
    const gone = insert(queue, leaving.signal);
    leaving.abort();
    expect((await refusal(gone, 'unavailable')).message).to.contain('given up');
    other.db.exec('ROLLBACK');
    await insert(queue);
    expect(count()).to.equal(1);
  });
});
