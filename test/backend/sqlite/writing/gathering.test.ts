import { expect } from 'chai';
import { CommitQueue } from '../../../../connector/backend/sqlite/writing/commit-queue.ts';
import { CountingConnection } from '../counting-connection.ts';
import { temporaryFile } from '../temporary-file.ts';

const { signal } = new AbortController();
const CALLERS = 16;
const ROUNDS = 20;

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** How callers come back after an answer: how many turns of the event loop each of them takes. */
const PACES: readonly (readonly [string, (caller: number) => number])[] = [
  ['at once', () => 0],
  ['one after the other, in three turns', (caller) => caller % 3],
  ['half of them after a turn in which nobody does', (caller) => (caller % 2) * 3],
];

describe('operations that share a commit', () => {
  let connection: CountingConnection;
  let queue: CommitQueue;
  beforeEach(() => {
    connection = new CountingConnection(temporaryFile());
    connection.pragma('journal_mode = WAL');
    connection.db.exec('CREATE TABLE t (x)');
    queue = new CommitQueue(connection);
  });
  afterEach(() => connection.close());

  const insert = (): Promise<unknown> => queue.add(() => connection.run('INSERT INTO t VALUES (1)'), signal);
  const commits = (): number => connection.statements.filter((text) => text === 'COMMIT').length;

  for (const [how, pace] of PACES) {
    it(`are nearly all that are under way, when callers come back ${how}`, async () => {
      const caller = async (_: unknown, index: number): Promise<void> => {
        for (let round = 0; round < ROUNDS; round += 1) {
          await turns(pace(index));
          await insert();
        }
      };
      await Promise.all(Array.from({ length: CALLERS }, caller));
      expect((CALLERS * ROUNDS) / commits()).to.be.at.least(13);
    });
  }

  it('are none but its own for somebody who is alone', async () => {
    for (let n = 0; n < 3; n += 1) {
      let isDone = false;
      const done = insert().then(() => {
        isDone = true;
      });
      await turns(1);
      expect(isDone, 'after one turn').to.equal(true);
      await done;
    }
    expect(commits()).to.equal(3);
  });

  it('do not wait for ever while more keep coming', async () => {
    let isDone = false;
    const first = insert().then(() => {
      isDone = true;
    });
    const others: Promise<unknown>[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      others.push(insert());
      await turns(1);
    }
    expect(isDone).to.equal(true);
    await Promise.all([first, ...others]);
  });

  it('are no more than the event loop may stand still for', async () => {
    await Promise.all(Array.from({ length: 1000 }, insert));
    expect(commits()).to.equal(Math.ceil(1000 / 128));
  });
});
