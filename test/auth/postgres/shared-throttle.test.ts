import { expect } from 'chai';
import { SharedThrottle } from '../../../connector/auth/postgres/shared-throttle.ts';
import { Throttle } from '../../../connector/auth/throttle.ts';
import { type Node, twoNodes } from '../../support/postgres/two-nodes.ts';

const HOUR = 3_600_000;
const ADDRESS = '192.0.2.7';

describe('failed attempts that two connectors count together', () => {
  const nodes = twoNodes();
  const open: SharedThrottle[] = [];

  function throttleOf({ database }: Node) {
    const exchange = new SharedThrottle(database);
    const throttle = new Throttle({ exchange });
    exchange.start(throttle, HOUR);
    open.push(exchange);
    return { exchange, throttle };
  }

  const fail = (throttle: Throttle, times: number) =>
    Array.from({ length: times }, () => throttle.fail(ADDRESS)).at(-1);

  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });

  it('add up, whoever of them was asked', async () => {
    const [a, b] = [throttleOf(nodes.a), throttleOf(nodes.b)];
    expect(fail(a.throttle, 6)).to.equal(undefined);
    expect(fail(b.throttle, 4)).to.equal(undefined);
    // At once: neither count may be lost.
    await Promise.all([a.exchange.exchange(), b.exchange.exchange()]);
    await Promise.all([a.exchange.exchange(), b.exchange.exchange()]);
    for (const { throttle } of [a, b]) {
      expect(throttle.attempt(ADDRESS, 'default').isFirst).to.equal(false);
      expect([1, 2].map(() => throttle.attempt(ADDRESS, 'default').mayGuess())).to.deep.equal([true, false]);
      expect(fail(throttle, 1)?.retryAfter).to.be.within(1, 60);
    }
  });

  it('are not counted twice, however often the connectors tell each other', async () => {
    const [a, b] = [throttleOf(nodes.a), throttleOf(nodes.b)];
    fail(a.throttle, 5);
    for (let round = 0; round < 5; round += 1) {
      await a.exchange.exchange();
      await b.exchange.exchange();
    }
    expect(fail(b.throttle, 5)).to.equal(undefined);
    expect(fail(b.throttle, 1)).to.not.equal(undefined);
  });

  it('do not stand in the way of an address from which a good credential came to either', async () => {
    const [a, b] = [throttleOf(nodes.a), throttleOf(nodes.b)];
    a.throttle.succeed(ADDRESS, 'default');
    await a.exchange.exchange();
    fail(b.throttle, 20);
    await b.exchange.exchange();
    const may = (app: string): readonly boolean[] => [1, 2].map(() => b.throttle.attempt(ADDRESS, app).mayGuess());
    expect(may('default')).to.deep.equal([true, true]);
    expect(may('hr')).to.deep.equal([true, false]);
  });

  it('are told together, however many there are, and kept while the database is away', async () => {
    const [a, b] = [throttleOf(nodes.a), throttleOf(nodes.b)];
    const before = nodes.a.relay.sent.length;
    for (let i = 0; i < 5000; i += 1) a.throttle.fail(`198.51.${i % 250}.${Math.floor(i / 250)}`);
    await a.exchange.exchange();
    const bytes = nodes.a.relay.sent.slice(before).reduce((all, one) => all + one.length, 0);
    expect(bytes).to.be.lessThan(400_000);
    nodes.b.relay.isFrozen = true;
    fail(b.throttle, 10);
    await b.exchange.exchange();
    nodes.b.relay.isFrozen = false;
    nodes.b.relay.cut('reset');
    await b.exchange.exchange();
    await a.exchange.exchange();
    expect(fail(a.throttle, 1)).to.not.equal(undefined);
  });
});
