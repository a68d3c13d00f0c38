import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { MailServer } from '../alerts/mail-server.ts';
import { Receiver } from '../alerts/receiver.ts';
import { CliServer, cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const KEY = 'the-key-of-the-signature';

describe('alert test', () => {
  const folder = temporaryFolder();
  const run = (...words: string[]) => cli(['alert', 'test', ...words], { cwd: folder.path, env: { WEBHOOK_KEY: KEY } });
  const configure = (text: string): void =>
    writeFileSync(join(folder.path, 'connector.toml'), `config_version = 1\n${text}`);
  const webhook = (url: string) => `[alerts.webhook]\nurl = "${url}"\nsecret = { env = "WEBHOOK_KEY" }\n`;
  const email = (port: number) =>
    `[alerts.email]\nhost = "127.0.0.1"\nport = ${port}\nfrom = "a@corp.example"\nto = ["b@corp.example"]\n`;

  it('says how to configure a channel when there is none, and ends with 2', async () => {
    configure('');
    const { code, stdout, stderr } = await run('--quiet');
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr)
      .to.match(/no channel for alerts is configured.*docs\/alerts\.md/)
      .and.contain('[alerts.webhook]');
    expect(JSON.parse((await run('--json')).stdout)).to.deep.equal({ ok: false, channels: [] });
  });

  it('sends through each channel and says what became of it', async () => {
    const [receiver, mails] = await Promise.all([Receiver.start(), MailServer.start()]);
    configure(webhook(receiver.url) + email(mails.port));
    const { code, stdout } = await run();
    await Promise.all([receiver.close(), mails.close()]);
    expect(stdout).to.match(/^ok +webhook +http:\/\/localhost:\d+: answered 204$/m);
    expect(stdout).to.match(/^ok +email +b@corp\.example by 127\.0\.0\.1:\d+: accepted \(250\)$/m);
    expect(code).to.equal(0);
    expect(JSON.parse(receiver.received[0]?.body ?? '').alerts).to.have.nested.property('[0].event', 602);
    expect(mails.mails[0]?.text).to.match(/^Subject: .*test: this is a test, nothing is wrong/m);
  });

  it('tells of one that fails beside one that does not, and ends with its code', async () => {
    const receiver = await Receiver.start({ statuses: [403] });
    const mails = await MailServer.start();
    configure(webhook(receiver.url) + email(mails.port));
    const { code, stdout } = await run('--json');
    await Promise.all([receiver.close(), mails.close()]);
    expect(code).to.equal(5);
    const { ok, channels } = JSON.parse(stdout);
    expect(ok).to.equal(false);
    expect(
      channels.map(({ channel, ok: arrived }: { channel: string; ok: boolean }) => [channel, arrived]),
    ).to.deep.equal([
      ['webhook', false],
      ['email', true],
    ]);
    expect(stdout).to.contain('set the receiver').and.not.contain(KEY);
  });

  it('works beside the running service', async () => {
    const receiver = await Receiver.start();
    configure(`[server]\nlisten = "127.0.0.1:0"\nhttp = true\n${webhook(receiver.url)}`);
    const server = await CliServer.start([], { cwd: folder.path, env: { WEBHOOK_KEY: KEY } });
    const { code } = await run();
    await server.stop();
    await receiver.close();
    expect(code).to.equal(0);
    expect(receiver.received.map(({ path }) => path)).to.deep.equal(['/hooks/a-path-only-they-know']);
  });
});
