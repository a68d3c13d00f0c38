import { expect } from 'chai';
import { PackedIds } from '../../../../connector/backend/ldap/mapping/packed-ids.ts';
import { IdSnapshots } from '../../../../connector/backend/ldap/reading/id-snapshots.ts';

const NONE = { all: 0, comings: 0 };

describe('snapshots of ids', () => {
  it('keeps as many snapshots as it may, the oldest go first', () => {
    const ids = PackedIds.of('uuid', ['33221100-5544-7766-8899-aabbccddeeff']);
    const snapshots = new IdSnapshots({ ttl: 60_000, count: 2, size: 1_000 });
    for (const key of ['a', 'b']) snapshots.put(key, ids, NONE);
    snapshots.get('a');
    snapshots.put('c', ids, NONE);
    expect(['a', 'b', 'c'].map((key) => snapshots.get(key) !== undefined)).to.deep.equal([true, false, true]);
    const small = new IdSnapshots({ ttl: 60_000, count: 9, size: 20 });
    for (const key of ['a', 'b']) small.put(key, ids, NONE);
    expect(['a', 'b'].map((key) => small.get(key) !== undefined)).to.deep.equal([false, true]);
  });

  it('tells a young list until something is written that matters to it, and its pages all the same', () => {
    const ids = PackedIds.of('uuid', ['33221100-5544-7766-8899-aabbccddeeff']);
    const snapshots = new IdSnapshots({ ttl: 60_000, count: 2, size: 1_000 });
    const recent = (): (PackedIds | undefined)[] =>
      (['all', 'comings'] as const).map((kind) => snapshots.recent('a', kind)?.ids);
    expect(recent()).to.deep.equal([undefined, undefined]);
    snapshots.put('a', ids, snapshots.writes);
    expect(recent()).to.deep.equal([ids, ids]);
    snapshots.written();
    expect(recent()).to.deep.equal([undefined, ids]);
    snapshots.cameOrWent();
    expect([...recent(), snapshots.get('a')]).to.deep.equal([undefined, undefined, ids]);
    const before = snapshots.writes;
    snapshots.put('a', ids, before);
    expect(recent()).to.deep.equal([ids, ids]);
    snapshots.cameOrWent();
    snapshots.put('a', ids, before);
    expect(recent(), 'a write while it was read').to.deep.equal([undefined, undefined]);
  });

  describe('for a page that is not the first', () => {
    const ids = PackedIds.of('uuid', ['33221100-5544-7766-8899-aabbccddeeff']);
    const { now } = performance;
    let snapshots: IdSnapshots;
    const later = (ms: number): void => {
      performance.now = () => now.call(performance) + ms;
    };
    beforeEach(() => {
      snapshots = new IdSnapshots({ ttl: 1_200_000, count: 2, size: 1_000 });
      snapshots.put('a', ids, NONE);
      snapshots.served('a', 200);
    });
    afterEach(() => {
      performance.now = now;
    });

    it('follow the page that was given here, however long ago, once', () => {
      later(600_000);
      expect(snapshots.resumed('a', 200)).to.equal(ids);
      expect(snapshots.resumed('a', 200), 'another import, begun elsewhere').to.equal(undefined);
    });

    it('are not taken from an earlier import: the page before was given by another connector', () => {
      later(61_000);
      expect(snapshots.resumed('a', 400)).to.equal(undefined);
    });

    it('are taken from a young one, whichever page it is, and as often as it is asked', () => {
      later(30_000);
      for (const offset of [400, 200, 200]) expect(snapshots.resumed('a', offset)).to.equal(ids);
    });

    it('begin anew with a new list', () => {
      snapshots.put('a', ids, NONE);
      later(61_000);
      expect(snapshots.resumed('a', 200)).to.equal(undefined);
    });
  });

  it('are renewed once at a time, and again after a failure', async () => {
    const snapshots = new IdSnapshots({ ttl: 60_000, count: 2, size: 1_000 });
    let read = 0;
    const fail = (): Promise<never> => {
      read += 1;
      return Promise.reject(new Error('no'));
    };
    snapshots.renew('a', fail);
    snapshots.renew('a', fail);
    expect(read).to.equal(1);
    await new Promise(setImmediate);
    snapshots.renew('a', fail);
    expect(read).to.equal(2);
  });
});
