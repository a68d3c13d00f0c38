import { expect } from 'chai';
import type { DeliveryError } from '../../connector/alerts/channel.ts';
import { Email } from '../../connector/alerts/channels/email.ts';
import { Secret } from '../../connector/secrets/secret.ts';
import { CustomerAuthority } from '../support/customer-authority.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { MailServer } from './mail-server.ts';
import { messageOf } from './message.ts';

describe('e-mail', () => {
  const folder = temporaryFolder();
  let server: MailServer;
  const email = (more = {}) =>
    new Email({
      ...{ host: 'localhost', port: server.port, isLoopback: true },
      ...{ from: 'connector@corp.example', to: ['oncall@corp.example', 'second@corp.example'] },
      ...more,
    });
  const fault = (channel: Email): Promise<DeliveryError> =>
    channel.send(messageOf()).then(
      (said) => expect.fail(`delivered: ${said}`),
      (error) => error,
    );
  /** As from another machine: TLS must be proved. */
  const elsewhere = { isLoopback: false };
  const tls = () => {
    const authority = new CustomerAuthority(folder.path);
    const { cert, key } = authority.leaf();
    return { ca: authority.root, cert: `${cert}${authority.intermediate}`, key };
  };
  afterEach(() => server.close());

  it('arrives with what happened as its subject and all of it as text', async () => {
    server = await MailServer.start();
    expect(await email().send(messageOf())).to.equal('accepted (250)');
    const [mail = expect.fail()] = server.mails;
    expect(mail.from).to.equal('connector@corp.example');
    expect(mail.to).to.deep.equal(['oncall@corp.example', 'second@corp.example']);
    const unfolded = mail.text.replaceAll('\r\n ', ' ').replaceAll('=\r\n', '');
    expect(unfolded).to.contain('Subject: [scim-connector idm01] app hr: the store of an app cannot be reached\r\n');
    expect(unfolded).to.contain('Auto-Submitted: auto-generated\r\n');
    expect(mail.text).to.contain('\r\n  whose  the directory or the network, not Okta\r\n');
    expect(mail.text).to.contain('\r\n  run    scim-connector check\r\n');
  });

  it('goes through STARTTLS, and logs in behind it', async () => {
    const { ca, ...own } = tls();
    server = await MailServer.start({ ...own, authOptional: false });
    const login = { user: 'alerts', password: new Secret('right') };
    await email({ ...elsewhere, ...login, ca }).send(messageOf());
    expect(server.mails.map(({ secure, user }) => ({ secure, user }))).to.deep.equal([
      { secure: true, user: 'alerts' },
    ]);
  });

  it('shows no login to a server without STARTTLS', async () => {
    const shown: string[] = [];
    server = await MailServer.start({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ password }, _, done) => {
        shown.push(String(password));
        done(null, { user: 'x' });
      },
    });
    const { fault: kind, message } = await fault(
      email({ ...elsewhere, user: 'alerts', password: new Secret('right') }),
    );
    expect(kind).to.equal('tls');
    expect(message).to.match(/^localhost:\d+: offers no STARTTLS; use a port with TLS, such as 465$/);
    expect([shown, server.mails]).to.deep.equal([[], []]);
  });

  it('shows nothing to a server whose CA is not trusted', async () => {
    const { cert, key } = tls();
    server = await MailServer.start({ cert, key });
    const { fault: kind, message } = await fault(email(elsewhere));
    expect(kind).to.equal('tls');
    expect(message).to.match(/its certificate is not trusted \(\w+\); name its CA in alerts\.email\.ca_file$/);
    expect(server.mails).to.deep.equal([]);
  });

  it('says that a login is refused, without the password', async () => {
    const { ca, ...own } = tls();
    server = await MailServer.start({ ...own, authOptional: false });
    const error = await fault(email({ ...elsewhere, ca, user: 'alerts', password: new Secret('wrong-one') }));
    expect({ kind: error.fault, passing: error.passing }).to.deep.equal({ kind: 'secret', passing: false });
    expect(error.message).to.match(/refused the login \(535\); set alerts\.email\.user and password$/);
    expect(String(error.stack)).not.to.contain('wrong-one');
  });

  it('names a receiver that is refused, also when another is not', async () => {
    server = await MailServer.start({
      onRcptTo: ({ address }, _, done) => done(address.startsWith('oncall') ? new Error('who?') : null),
    });
    expect(await email().send(messageOf())).to.equal('accepted (250), but not for oncall@corp.example');
    const { message, passing } = await fault(email({ to: ['oncall@corp.example'] }));
    expect(passing).to.equal(false);
    expect(message).to.match(
      /refused the sender or a receiver \(550\); check alerts\.email\.from and to \(oncall@corp\.example\)$/,
    );
  });

  it('says when nothing listens', async () => {
    server = await MailServer.start();
    const channel = email();
    await server.close();
    const { fault: kind, passing, message } = await fault(channel);
    expect({ kind, passing }).to.deep.equal({ kind: 'unreachable', passing: true });
    expect(message).to.match(/: nothing listens there$/);
    server = await MailServer.start();
  });
});
