import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:tls';
import { expect } from 'chai';
import type { Log } from '../../connector/log/log.ts';
import { Listener } from '../../connector/run/listener.ts';
import { createAuthority } from '../../connector/tls/own/create-authority.ts';
import { issueLeaf } from '../../connector/tls/own/issue-leaf.ts';
import { subtreesOf } from '../../connector/tls/own/subtrees.ts';
import { TLS_OPTIONS } from '../../connector/tls/tls-options.ts';

describe('a handshake that fails', () => {
  let listener: Listener;
  let port: number;
  let warned: Promise<string>;

  beforeEach(async () => {
    const { issuer } = await createAuthority('localhost', subtreesOf(['localhost']), Date.now());
    const { certificate, key } = await issueLeaf(issuer, ['localhost'], Date.now());
    let warn: (text: string) => void = () => undefined;
    warned = new Promise((resolve) => {
      warn = resolve;
    });
    const quiet = (): void => undefined;
    const log: Log = { trace: quiet, debug: quiet, info: quiet, error: quiet, warn: (_, text) => warn(text) };
    const tls = { ...TLS_OPTIONS, cert: String(certificate), key };
    listener = new Listener((_, response) => response.end(), { host: '127.0.0.1', port: 0, tls, log });
    ({ port } = await listener.listen());
  });

  afterEach(() => listener.close(0));

  it('for http: in the base URL says what to put there', async () => {
    await once(get({ host: '127.0.0.1', port }), 'error');
    expect(await warned).to.equal('a client speaks http: to this https: port: put https:// in its base URL');
  });

  it('for want of trust says what to import', async () => {
    // Node's own clients hang up without the alert that Java's and OpenSSL's send.
    execFile('openssl', ['s_client', '-verify_return_error', '-connect', `127.0.0.1:${port}`]).stdin?.end();
    expect(await warned).to.match(/^the client does not trust our certificate: import the CA there/);
  });

  it('for another reason is a failed handshake', async () => {
    await once(
      connect({ host: '127.0.0.1', port, maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' }),
      'error',
    );
    expect(await warned).to.equal('a TLS handshake failed');
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
});
