import { once } from 'node:events';
import { request } from 'node:https';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { expect } from 'chai';
import type { Log } from '../../connector/log/log.ts';
import { connectionLimit } from '../../connector/run/descriptor-limit.ts';
import { Listener, type ListenerOptions } from '../../connector/run/listener.ts';
import { createAuthority } from '../../connector/tls/own/create-authority.ts';
import { issueLeaf } from '../../connector/tls/own/issue-leaf.ts';
import { subtreesOf } from '../../connector/tls/own/subtrees.ts';

describe('clients that say nothing', () => {
  let tls: { cert: string; key: string };
  let listener: Listener;
  let port: number;
  let warnings: string[];
  const sockets: Socket[] = [];

  before(async () => {
    const { issuer } = await createAuthority('localhost', subtreesOf(['localhost']), Date.now());
    const { certificate, key } = await issueLeaf(issuer, ['localhost'], Date.now());
    tls = { cert: String(certificate), key };
  });
  const start = async (options: Partial<ListenerOptions> & { readonly plain?: boolean } = {}): Promise<void> => {
    warnings = [];
    const quiet = (): void => undefined;
    const log: Log = {
      trace: quiet,
      debug: quiet,
      info: quiet,
      error: quiet,
      warn: (_, text) => void warnings.push(text),
    };
    const shown = () => ({ ours: true, names: ['localhost'], notAfter: new Date() });
    const security = options.plain ? {} : { tls: { context: tls, shown } };
    listener = new Listener(
      (incoming, response) => {
        if (incoming.url === '/big') response.write(Buffer.alloc(64 * 1024 * 1024));
        else if (incoming.url !== '/never') response.end('answered');
      },
      { host: '127.0.0.1', port: 0, ...security, log, ...options },
    );
    ({ port } = await listener.listen());
  };
  /** Neither reads nor closes when the other side does. */
  const silent = async (text = ''): Promise<void> => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }).pause();
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(text);
  };
  const silentTls = async (text = ''): Promise<Socket> => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'secureConnect');
    socket.pause().write(text);
    return socket;
  };
  /** Whether a request on it is answered. */
  const isOpen = async (socket: Socket | undefined): Promise<boolean> => {
    if (socket === undefined || socket.destroyed) return false;
    const answered = Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.resume().write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    return answered;
  };
  const allAreGone = async (): Promise<void> => {
    while (listener.connections > 0) await pause(20);
  };
  const answer = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, rejectUnauthorized: false, agent: false }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      });
      sent.on('error', reject).end();
    });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await listener.close(0);
  });

  const patience = { handshake: 100, headers: 100, stalled: 600_000, lookEvery: 50 };

  it('are forgotten when they do not even begin with TLS', async () => {
    await start({ patience });
    await Promise.all([silent(), silent(), silent('\x16')]);
    await allAreGone();
  });

  it('are forgotten when nothing, or half a header, comes over TLS', async () => {
    await start({ patience });
    await Promise.all([silentTls(), silentTls('GET /'), silentTls('GET / HTTP/1.1\r\nHost: a\r\n')]);
    await allAreGone();
  });

  it('are forgotten when nothing, half a header or no HTTP comes without TLS', async () => {
    await start({ plain: true, patience });
    await Promise.all([silent(), silent('GET / HTTP/1.1\r\nHost: a\r\n'), silent('\0\0\0\r\n\r\n')]);
    await allAreGone();
  });

  it('are forgotten when they speak http: to an https: port and stay', async () => {
    await start();
    await Promise.all([silent('GET / HTTP/1.1\r\n\r\n'), silent('SSH-2.0-OpenSSH_9.2\r\n')]);
    await allAreGone();
  });

  it('are forgotten when they ask for much and never read it', async () => {
    await start({ plain: true, patience: { stalled: 100 } });
    await silent('GET /big HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(sockets[0] as Socket, 'readable');
    await allAreGone();
  });

  it('make room for who comes, the longest silent first', async () => {
    await start({ connections: { most: 20, mostOfAddress: 10 } });
    const all = [];
    for (let i = 0; i < 30; i += 1) all.push(await silentTls());
    expect(listener.connections).to.equal(10);
    expect(await answer()).to.equal('answered');
    expect(warnings).to.deep.equal(['too many connections: those idle longest are closed']);
    expect(await isOpen(all[0])).to.equal(false);
    expect(await isOpen(all.at(-1))).to.equal(true);
  });

  it('never make room with a request that is being answered', async () => {
    await start({ connections: { most: 5, mostOfAddress: 2 } });
    const busy = [];
    for (let i = 0; i < 4; i += 1) busy.push(await silentTls('GET /never HTTP/1.1\r\nHost: a\r\n\r\n'));
    for (const socket of busy) socket.resume();
    for (let i = 0; i < 10; i += 1) await silentTls();
    expect(await answer()).to.equal('answered');
    expect(busy.map(({ destroyed }) => destroyed)).to.deep.equal([false, false, false, false]);
    busy.push(await silentTls('GET /never HTTP/1.1\r\nHost: a\r\n\r\n'));
    expect(await answer().catch((error: NodeJS.ErrnoException) => error.code)).to.equal('ECONNRESET');
  });

  it('have as many connections as the system leaves room for', () => {
    expect([40, 64, 256, 1024, 2048, 524_288, Number.POSITIVE_INFINITY].map(connectionLimit)).to.deep.equal([
      4, 16, 112, 768, 1792, 2000, 2000,
    ]);
  });
});
