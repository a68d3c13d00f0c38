import { expect } from 'chai';
import { ShortLived } from '../../../../connector/backend/ldap/references/short-lived.ts';

describe('what is believed for a time', () => {
  it('is gone when its time is over, however often it was asked for', () => {
    let now = 1;
    const values = new ShortLived<object>({ ttl: 100, max: 5, perf: { now: () => now } });
    values.set('a', {});
    now = 101;
    expect(values.get('a')).to.deep.equal({});
    now = 102;
    expect(values.get('a')).to.equal(undefined);
  });

  it('is gone at once where there is no time at all', () => {
    const values = new ShortLived<object>({ ttl: 0, max: 5 });
    values.set('a', {});
    expect(values.get('a')).to.equal(undefined);
  });

  it('makes room by what was not asked for longest', () => {
    const values = new ShortLived<object>({ ttl: 60_000, max: 2 });
    values.set('a', {}).set('b', {});
    values.get('a');
    values.set('c', {});
    expect([...values.keys()].sort()).to.deep.equal(['a', 'c']);
  });
});
