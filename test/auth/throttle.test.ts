import { expect } from 'chai';
import { Throttle } from '../../connector/auth/throttle.ts';

describe('throttle', () => {
  it('counts each address apart, and an IPv6 network as one', () => {
    const throttle = new Throttle({ limit: 1 });
    const addresses = ['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8:0:0:9::2', '2001:db8:0:1::1', 'unknown'];
    expect(addresses.map((address) => throttle.fail(address) !== undefined)).to.deep.equal([
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it('tells seconds to wait, whole and never 0, and only once that it has begun', () => {
    let now = 0;
    const throttle = new Throttle({ limit: 1, window: 60_000, now: () => now });
    throttle.fail('a');
    expect(throttle.fail('a')).to.deep.equal({ retryAfter: 60, first: true });
    now = 59_999.5;
    expect(throttle.fail('a')).to.deep.equal({ retryAfter: 1, first: false });
    now = 60_000;
    expect(throttle.fail('a')).to.equal(undefined);
  });

  it('remembers so many addresses and no more', () => {
    const throttle = new Throttle({ limit: 1, capacity: 100 });
    throttle.fail('first');
    for (let i = 0; i < 99; i += 1) throttle.fail(`address-${i}`);
    expect(throttle.fail('first')).to.have.property('retryAfter');
    throttle.fail('one more');
    expect(throttle.fail('first')).to.equal(undefined);
  });
});
