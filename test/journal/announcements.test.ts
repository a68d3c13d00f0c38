import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { Announcements } from '../../connector/journal/announcements.ts';
import type { NewIntent } from '../../connector/journal/journal-store.ts';

describe('intents before their writes', () => {
  const intent = {} as NewIntent;

  /** A journal whose disk is as slow as the test wants. */
  function slow() {
    const commits: number[] = [];
    const disk: PromiseWithResolvers<void>[] = [];
    let named = 0;
    const announcements: Announcements = new Announcements(
      () => {
        const taken = announcements.take();
        commits.push(taken.length);
        void announcements.secure(
          taken,
          taken.map(() => ++named),
        );
      },
      () => {
        const wait = Promise.withResolvers<void>();
        disk.push(wait);
        return wait.promise;
      },
    );
    return { announcements, commits, disk };
  }

  it('that come while the disk is waited for share the next commit', async () => {
    const { announcements, commits, disk } = slow();
    const first = announcements.add(intent);
    await nextTurn();
    const others = Array.from({ length: 9 }, () => announcements.add(intent));
    await nextTurn();
    expect(commits, 'one is on its way').to.deep.equal([1]);
    disk[0]?.resolve();
    expect(await first).to.equal(1);
    await nextTurn();
    await nextTurn();
    expect(commits).to.deep.equal([1, 9]);
    disk[1]?.resolve();
    expect(await Promise.all(others)).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(disk, 'syncs').to.have.length(2);
  });

  it('are let go without a name when the disk refuses, and the next ones are kept', async () => {
    const { announcements, disk } = slow();
    const lost = announcements.add(intent);
    await nextTurn();
    disk[0]?.reject(new Error('EIO'));
    expect(await lost).to.equal(undefined);
    const next = announcements.add(intent);
    await nextTurn();
    await nextTurn();
    disk[1]?.resolve();
    expect(await next).to.equal(2);
  });
});
