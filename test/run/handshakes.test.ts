import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect } from 'chai';
import type { HandshakeFailure } from '../../connector/run/handshakes.ts';
import { Listener } from '../../connector/run/listener.ts';
import { createAuthority } from '../../connector/tls/own/create-authority.ts';
import { issueLeaf } from '../../connector/tls/own/issue-leaf.ts';
import { subtreesOf } from '../../connector/tls/own/subtrees.ts';
import { TLS_OPTIONS } from '../../connector/tls/tls-options.ts';
import { hasJava, JavaClient } from '../support/java-client.ts';
import { LinesLog } from '../support/lines-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NAMES = ['localhost', 'idm.corp.example'];
const YEAR = 365 * 86_400_000;

describe('a handshake that fails', () => {
  const folder = temporaryFolder();
  const caFile = (): string => join(folder.path, 'ca.pem');
  let listener: Listener;
  let port: number;
  let log: LinesLog;
  let failed: Promise<HandshakeFailure>;
  let failures: HandshakeFailure[];
  let clock: number;
  let again: (() => void) | undefined;

  async function listen(issued: number): Promise<void> {
    const { issuer } = await createAuthority('localhost', subtreesOf(NAMES), issued);
    const { certificate, key } = await issueLeaf(issuer, NAMES, issued);
    writeFileSync(caFile(), String(issuer.certificate));
    log = new LinesLog();
    failures = [];
    clock = 0;
    again = undefined;
    let tell: (failure: HandshakeFailure) => void = () => undefined;
    failed = new Promise((resolve) => {
      tell = resolve;
    });
    listener = new Listener((_, response) => response.end(), {
      host: '127.0.0.1',
      port: 0,
      log,
      tls: {
        context: { ...TLS_OPTIONS, cert: String(certificate), key },
        shown: () => ({ ours: true, names: NAMES, notAfter: new Date(issued) }),
        now: () => clock,
        onFailure: (failure) => {
          clock += failure.kind === 'left' ? 60_000 : 0;
          failures.push(failure);
          // An alert is lost when who sends it closes too soon: then it is sent again.
          if (failure.kind !== 'left' || !again) tell(failure);
          else again();
        },
      },
    });
    ({ port } = await listener.listen());
  }

  beforeEach(() => listen(Date.now()));
  afterEach(() => listener.close(0));

  const openssl = (...words: readonly string[]): void => {
    again = () => openssl(...words);
    execFile(
      'openssl',
      ['s_client', '-verify_return_error', '-connect', `127.0.0.1:${port}`, ...words],
      () => undefined,
    ).stdin?.end();
  };
  /** Kind and text of the first one. */
  const told = async (): Promise<string> => {
    const { kind, text } = await failed;
    return `${kind}: ${text}`;
  };
  const UNTRUSTED =
    'untrusted: the agent at 127.0.0.1 does not trust our CA: run "scim-connector cert export-ca" and import it there';

  it('for http: in the base URL says what to put there', async () => {
    await once(get({ host: '127.0.0.1', port }), 'error');
    expect(await told()).to.equal(
      'http: the client at 127.0.0.1 speaks http: to this https: port: put https:// in its base URL',
    );
  });

  it('for want of trust says what to run', async () => {
    openssl();
    expect(await told()).to.equal(UNTRUSTED);
    expect(log.lines.at(-1)).to.equal(`warn ${UNTRUSTED.replace(/^\w+: /, '')}`);
    const last = failures.at(-1);
    expect(log.fields.at(-1)).to.include({ address: '127.0.0.1', ref: last?.reference });
    expect(last).to.deep.include({ fault: 'agent-distrusts-certificate', address: '127.0.0.1', times: 1 });
    expect(last?.detail).to.match(/alert unknown ca/);
  });

  it('for want of trust in a program that says nothing and leaves', async () => {
    await once(getSecurely({ host: '127.0.0.1', port }), 'error');
    expect(await told()).to.match(/^left: the client at 127\.0\.0\.1 left while TLS was set up; if it is an agent, /);
  });

  it('because of its name says the name, and those there are', async () => {
    // As Apache's HTTP client does: it looks at the name when TLS stands.
    const socket = connect({ host: '127.0.0.1', port, servername: 'old.corp.example', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.end();
    expect(await told()).to.equal(
      'wrong name: the agent at 127.0.0.1 calls us "old.corp.example", which our certificate does not have: add it to tls.names, or use one of localhost, idm.corp.example',
    );
  });

  it('is none when a client under a right name asks nothing', async () => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'idm.corp.example', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.end();
    await once(socket.resume(), 'close');
    openssl();
    expect((await failed).detail).to.match(/alert unknown ca/);
  });

  it('because a client is too old, or knows none of our ciphers', async () => {
    openssl('-tls1_1', '-cipher', 'ALL:@SECLEVEL=0');
    expect(await told()).to.equal(
      'old protocol: the client at 127.0.0.1 speaks TLSv1.1 at most: update it, TLS 1.2 is the least',
    );
    await listener.close(0);
    await listen(Date.now());
    openssl('-tls1_2', '-cipher', 'AES128-SHA');
    expect(await told()).to.match(/^no shared cipher: the client at 127\.0\.0\.1 shares no cipher or curve with us: /);
  });

  it('because the other side speaks something else', async () => {
    connectPlain(port, '127.0.0.1')
      .on('error', () => undefined)
      .end('SSH-2.0-OpenSSH_9.2\r\n');
    expect(await told()).to.match(/^no TLS: the client at 127\.0\.0\.1 does not speak TLS: /);
  });

  it('because our certificate has expired names the day', async () => {
    await listener.close(0);
    const long = Date.now() - 5 * YEAR;
    await listen(long);
    openssl('-CAfile', caFile(), '-partial_chain');
    expect(await told()).to.include(`valid until ${new Date(long).toISOString().slice(0, 10)}, for expired`);
  });

  it('is not told of who connects and leaves, as monitors do', async () => {
    const socket = connectPlain(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
    openssl();
    expect(await told()).to.equal(UNTRUSTED);
    expect(failures.filter(({ kind }) => kind !== 'left')).to.have.length(1);
  });

  it('is told once a minute of one address, with how many there were', async () => {
    const hello = async (): Promise<void> => {
      const socket = connectPlain(port, '127.0.0.1').on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH_9.2\r\n');
      await once(socket.resume(), 'close');
    };
    for (let i = 0; i < 5; i += 1) await hello();
    expect(failures.map(({ times }) => times)).to.deep.equal([1]);
    clock = 60_000;
    await hello();
    expect(failures.map(({ times }) => times)).to.deep.equal([1, 5]);
    expect(log.lines).to.have.length(2);
  });

  it('is told at once when a client says why that has left without a word', async () => {
    await once(getSecurely({ host: '127.0.0.1', port }), 'error');
    expect(await told()).to.match(/^left: /);
    clock -= 60_000;
    const socket = connectPlain(port, '127.0.0.1').on('error', () => undefined);
    socket.end('SSH-2.0-OpenSSH_9.2\r\n');
    await once(socket.resume(), 'close');
    expect(failures.map(({ kind }) => kind)).to.deep.equal(['left', 'no TLS']);
  });

  it('is one that a client asks for again over TLS 1.2', async () => {
    const socket = connect({ host: '127.0.0.1', port, maxVersion: 'TLSv1.2', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const outcome = await new Promise<string>((resolve) => {
      socket.on('error', ({ message }) => resolve(message));
      socket.renegotiate({ rejectUnauthorized: false }, (error) => resolve(error?.message ?? 'done again'));
    });
    socket.destroy();
    expect(outcome).to.match(/no.renegotiation/i);
  });

  describe('in Java, as the agent is', () => {
    let java: JavaClient;
    before(function () {
      if (!hasJava()) this.skip();
      this.timeout(60_000);
      java = new JavaClient();
    });
    after(() => java?.close());

    it('for want of trust', async () => {
      // Java tells no name without a dot; the address it came to is none of the certificate's.
      expect(await java.get(`https://localhost:${port}/`)).to.match(/PKIX path building failed/);
      expect(await told()).to.equal(
        'not accepted: the agent at 127.0.0.1 does not accept our certificate: run "scim-connector cert export-ca" and import it there, or let it call one of localhost, idm.corp.example',
      );
    });

    it('because of its address', async () => {
      expect(await java.get(`https://127.0.0.1:${port}/`, caFile())).to.match(
        /No subject alternative names matching IP/,
      );
      expect(await told()).to.match(/^not accepted: .*, or let it call one of localhost, idm\.corp\.example$/);
    });

    it('is none when all is right', async () => {
      expect(await java.get(`https://localhost:${port}/`, caFile())).to.equal('200');
      expect(failures).to.deep.equal([]);
    });
  });
});
