import { expect } from 'chai';
import type { Message } from '../../connector/alerts/alert.ts';
import { type Channel, DeliveryError } from '../../connector/alerts/channel.ts';
import { Webhook } from '../../connector/alerts/channels/webhook.ts';
import { Courier } from '../../connector/alerts/courier.ts';
import type { Log } from '../../connector/log/log.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { messageOf } from './message.ts';
import { Receiver } from './receiver.ts';

describe('courier of alerts', () => {
  const lines: object[] = [];
  const silent = (): void => undefined;
  const log: Log = {
    trace: silent,
    debug: silent,
    info: silent,
    warn: silent,
    error: (fields) => void lines.push(fields),
  };
  beforeEach(() => {
    lines.length = 0;
  });
  const courierOf = (channel: Channel, delays = [1, 1]) => new Courier({ channel, log, delays });
  const numbered = (i: number): Message => ({ ...messageOf(), id: `message-${i}` });

  it('brings a message again, under the same id, until it is taken', async () => {
    const receiver = await Receiver.start({ statuses: [500, 503, 204] });
    const courier = courierOf(new Webhook({ url: receiver.url, secret: new Secret('k') }));
    courier.send(numbered(1));
    await receiver.count(3);
    await courier.close();
    await receiver.close();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).to.deep.equal(new Array(3).fill('message-1'));
    expect(lines).to.deep.equal([]);
  });

  it('gives up with a line that names the channel and the reason', async () => {
    const receiver = await Receiver.start({ statuses: [500] });
    const courier = courierOf(new Webhook({ url: receiver.url, secret: new Secret('k') }));
    courier.send(numbered(1));
    await receiver.count(3);
    const { origin } = new URL(receiver.url);
    await courier.close();
    await receiver.close();
    expect(lines).to.deep.equal([{ event: 601, channel: 'webhook', alerts: 1, detail: `${origin}: answered 500` }]);
  });

  it('does not repeat what cannot pass', async () => {
    let sent = 0;
    const channel: Channel = {
      ...{ name: 'email', to: 'x' },
      send: async () => {
        sent += 1;
        throw new DeliveryError('secret', 'no', false);
      },
    };
    const courier = courierOf(channel);
    courier.send(numbered(1));
    await courier.close();
    expect(sent).to.equal(1);
    expect(lines).to.have.length(1);
  });

  it('keeps the order, one at a time, and drops the oldest that wait when there are too many', async () => {
    const order: string[] = [];
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    let running = 0;
    const channel: Channel = {
      ...{ name: 'webhook', to: 'x' },
      send: async ({ id }) => {
        running += 1;
        expect(running).to.equal(1);
        await gate;
        order.push(id);
        running -= 1;
        return 'done';
      },
    };
    const courier = courierOf(channel);
    for (let i = 0; i < 100; i += 1) courier.send(numbered(i));
    open();
    await courier.close();
    expect(order).to.deep.equal([0, ...Array.from({ length: 19 }, (_, i) => 81 + i)].map((i) => `message-${i}`));
    expect(lines).to.have.length(80);
  });

  it('tries what waits once more when it is closed, without waiting for its turn', async () => {
    let sent = 0;
    const channel: Channel = {
      ...{ name: 'webhook', to: 'x' },
      send: async () => {
        sent += 1;
        if (sent === 1) throw new DeliveryError('unreachable', 'not yet', true);
        return 'done';
      },
    };
    const courier = courierOf(channel, [3_600_000]);
    courier.send(numbered(1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).to.equal(1);
    await courier.close();
    expect(sent).to.equal(2);
    expect(lines).to.deep.equal([]);
  });
});
