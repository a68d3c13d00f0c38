import { expect } from 'chai';
import { PackedIds } from '../../../../connector/backend/ldap/mapping/entry-id.ts';
import { IdSnapshots } from '../../../../connector/backend/ldap/reading/id-snapshots.ts';

describe('snapshots of ids', () => {
  it('keeps as many snapshots as it may, the oldest go first', () => {
    const ids = new PackedIds('uuid', ['33221100-5544-7766-8899-aabbccddeeff']);
    const snapshots = new IdSnapshots({ ttl: 60_000, count: 2, size: 1_000 });
    for (const key of ['a', 'b']) snapshots.put(key, ids);
    snapshots.get('a');
    snapshots.put('c', ids);
    expect(['a', 'b', 'c'].map((key) => snapshots.get(key) !== undefined)).to.deep.equal([true, false, true]);
    const small = new IdSnapshots({ ttl: 60_000, count: 9, size: 20 });
    for (const key of ['a', 'b']) small.put(key, ids);
    expect(['a', 'b'].map((key) => small.get(key) !== undefined)).to.deep.equal([false, true]);
  });

  it('tells the total of a young snapshot until something is written, and its pages all the same', () => {
    const ids = new PackedIds('uuid', ['33221100-5544-7766-8899-aabbccddeeff']);
    const snapshots = new IdSnapshots({ ttl: 60_000, count: 2, size: 1_000 });
    expect(snapshots.recent('a')).to.equal(undefined);
    snapshots.put('a', ids);
    expect(snapshots.recent('a')).to.equal(ids);
    snapshots.forgetTotals();
    expect([snapshots.recent('a'), snapshots.get('a')]).to.deep.equal([undefined, ids]);
    snapshots.put('a', ids);
    expect(snapshots.recent('a')).to.equal(ids);
  });
});
