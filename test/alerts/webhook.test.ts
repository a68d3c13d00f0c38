import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import type { DeliveryError } from '../../connector/alerts/channel.ts';
import { Webhook } from '../../connector/alerts/channels/webhook.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { CustomerAuthority } from '../support/customer-authority.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { messageOf } from './message.ts';
import { Receiver, type ReceiverOptions } from './receiver.ts';

const SECRET = 'a key of some length';

describe('webhook', () => {
  const folder = temporaryFolder();
  let receiver: Receiver;
  const start = async (options: ReceiverOptions = {}): Promise<Receiver> => {
    receiver = await Receiver.start(options);
    return receiver;
  };
  const webhook = (secret = SECRET, more = {}) =>
    new Webhook({ url: receiver.url, secret: new Secret(secret), ...more });
  const fault = (channel = webhook()): Promise<DeliveryError> =>
    channel.send(messageOf()).then(
      (said) => expect.fail(`delivered: ${said}`),
      (error) => error,
    );
  afterEach(() => receiver.close());

  it('posts the message with its text, signed over id, time and body', async () => {
    await start();
    expect(await webhook().send(messageOf())).to.equal('answered 204');
    const [{ body, headers } = expect.fail()] = receiver.received;
    const { text, ...message } = JSON.parse(body);
    expect(message).to.deep.equal(messageOf());
    expect(text).to.match(/^\[scim-connector idm01\] app hr: the store of an app cannot be reached\n/);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const wanted = createHmac('sha256', SECRET).update(signed).digest('base64');
    expect(headers['webhook-signature']).to.equal(`v1,${wanted}`);
    expect(headers['webhook-id']).to.equal(messageOf().id);
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).to.be.below(600);
    expect(JSON.stringify(receiver.received)).not.to.contain(SECRET);
  });

  it('signs with the bytes of a key that a library of the standard made', async () => {
    await start();
    await webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').send(messageOf());
    const [{ body, headers } = expect.fail()] = receiver.received;
    const wanted = createHmac('sha256', Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'))
      .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
      .digest('base64');
    expect(headers['webhook-signature']).to.equal(`v1,${wanted}`);
  });

  for (const [status, passing, faultKind, text] of [
    [500, true, 'refused', /answered 500$/],
    [429, true, 'refused', /answered 429$/],
    [404, false, 'refused', /answered 404; check alerts\.webhook\.url$/],
    [401, false, 'secret', /answered 401; set the receiver's key in alerts\.webhook\.secret$/],
  ] as const)
    it(`is told of ${status}, ${passing ? 'which may pass' : 'which does not pass'}`, async () => {
      await start({ statuses: [status] });
      const { message, passing: may, fault: kind } = await fault();
      expect({ may, kind }).to.deep.equal({ may: passing, kind: faultKind });
      expect(message).to.match(text).and.not.contain('a-path-only-they-know');
    });

  it('follows no redirect, and names where it leads without its path', async () => {
    const other = await Receiver.start();
    await start({ statuses: [307], headers: { location: other.url } });
    const { message, passing } = await fault();
    await other.close();
    expect(other.received).to.deep.equal([]);
    expect(passing).to.equal(false);
    expect(message).to.match(
      /answered 307, a redirect to http:\/\/localhost:\d+; name the final place in alerts\.webhook\.url$/,
    );
  });

  it('gives up waiting for an answer', async () => {
    await start({ statuses: [undefined] });
    const { message, passing } = await fault(webhook(SECRET, { patience: 100 }));
    expect(passing).to.equal(true);
    expect(message).to.match(/: no answer within 0\.1 s$/);
  });

  it('says when nothing listens', async () => {
    await start();
    const channel = webhook();
    await receiver.close();
    const { message, fault: kind, passing } = await fault(channel);
    expect({ kind, passing }).to.deep.equal({ kind: 'unreachable', passing: true });
    expect(message).to.match(/: nothing listens there$/);
    await start();
  });

  it('trusts the CA that is named and no other', async () => {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf();
    await start({ tls: { cert: `${cert}${authority.intermediate}`, key } });
    const { message, fault: kind, passing } = await fault();
    expect({ kind, passing }).to.deep.equal({ kind: 'tls', passing: false });
    expect(message).to.match(/its certificate is not trusted \(\w+\); name its CA in alerts\.webhook\.ca_file$/);
    expect(receiver.received).to.deep.equal([]);
    expect(await webhook(SECRET, { ca: authority.root }).send(messageOf())).to.equal('answered 204');
  });

  it('sends nothing to a receiver with the name of another', async () => {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf({ names: 'DNS:other.example' });
    await start({ tls: { cert: `${cert}${authority.intermediate}`, key } });
    const { fault: kind } = await fault(webhook(SECRET, { ca: authority.root }));
    expect(kind).to.equal('tls');
    expect(receiver.received).to.deep.equal([]);
  });
});
