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
