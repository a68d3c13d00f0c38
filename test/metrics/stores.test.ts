import { expect } from 'chai';
import { Stores } from '../../connector/metrics/stores.ts';

const up = async (stores: Stores): Promise<number | undefined> =>
  (await stores.gauges()).find(({ name }) => name === 'backend_up')?.value;

describe('the stores that are watched', () => {
  it('are asked once at a time, however many look, and count as gone while they hang', async () => {
    const hanging = Promise.withResolvers<void>();
    let pings = 0;
    const ping = (): Promise<void> => {
      pings += 1;
      return hanging.promise;
    };
    const stores = new Stores(() => [{ app: 'default', ping, gauges: () => [] }], 20);
    expect(await Promise.all([up(stores), up(stores)])).to.deep.equal([0, 0]);
    expect(await up(stores)).to.equal(0);
    expect(pings).to.equal(1);
    hanging.resolve();
    await hanging.promise;
    expect(await up(stores)).to.equal(1);
  });

  it('say what they say of themselves under the name of their app, also while they are gone', async () => {
    const ping = (): Promise<void> => Promise.reject(new Error('planted'));
    const gauges = () => [{ name: 'ldap_waiting', help: 'h', value: 3, labels: { server: 's' } }];
    const stores = new Stores(() => [{ app: 'hr', ping, gauges }]);
    const [first, second] = await stores.gauges();
    expect(first).to.include({ name: 'backend_up', value: 0 });
    expect(first?.labels).to.deep.equal({ app: 'hr' });
    expect(second).to.deep.equal({ name: 'ldap_waiting', help: 'h', value: 3, labels: { app: 'hr', server: 's' } });
  });
});
