import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, getCACertificates, type TLSSocket } from 'node:tls';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { unlessAborted } from './deadline.ts';
import type { ServiceBind, Trust } from './directory-options.ts';
import type { ServerAddress } from './server-address.ts';
import { judgeCertificate } from './server-certificate.ts';
import { socketFailure } from './socket-failures.ts';
import { requestStartTls } from './start-tls.ts';

export interface SocketOptions {
  readonly address: ServerAddress;
  readonly trust: Trust;
  readonly servername?: string;
  readonly bind: ServiceBind;
  /** Aborts the attempt; its reason is the failure. */
  readonly signal: AbortSignal;
}

type Judge = typeof judgeCertificate;

function trusted(trust: Trust): ConnectionOptions {
  if (trust.kind === 'authority') return { ca: trust.ca };
  if (trust.kind === 'system') return { ca: [...getCACertificates('default'), ...getCACertificates('system')] };
  return {};
}

function tlsOptions({ address, trust, servername = address.host, bind }: SocketOptions): ConnectionOptions {
  return {
    minVersion: 'TLSv1.2',
    // Node verifies all the same; `judgeCertificate` refuses, before the first byte, and can still look at what it refuses.
    rejectUnauthorized: false,
    host: servername,
    // RFC 6066 §3: no addresses in the server name indication. The certificate is checked against `host` all the same.
    ...(isIP(servername) === 0 ? { servername } : {}),
    ...trusted(trust),
    ...(bind.kind === 'external'
      ? { cert: bind.cert, key: bind.key, ...(bind.passphrase === undefined ? {} : { passphrase: bind.passphrase }) }
      : {}),
  };
}

/** Resolves at `event`; the socket is destroyed on failure and when `signal` aborts. */
function reached(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = (): void => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    socket.once(event, resolve).once('error', reject).once('close', closed);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function upgrade(raw: Socket, options: SocketOptions, judge: Judge): Promise<TLSSocket> {
  const socket = connectTls({ ...tlsOptions(options), socket: raw });
  socket.on('error', () => {});
  await reached(socket, 'secureConnect', options.signal);
  judge(socket, options.trust, options.servername ?? options.address.host);
  return socket;
}

/**
 * A connection to the server, encrypted and its certificate verified as `address` and `trust` ask, nothing but
 * StartTLS sent over it yet. @throws LdapFailure, or the signal's reason
 */
export const openSocket = (options: SocketOptions): Promise<Socket> => open(options, judgeCertificate);

/** The same whatever certificate the server has: to look at it, and nothing else may be sent. */
export const openUnjudged = (options: SocketOptions): Promise<Socket> => open(options, () => undefined);

async function open(options: SocketOptions, judge: Judge): Promise<Socket> {
  const { address, signal } = options;
  signal.throwIfAborted();
  const raw = connectTcp({ host: address.host, port: address.port, noDelay: true, keepAlive: true });
  raw.setKeepAlive(true, 30_000);
  // The failures that matter are seen through promises; one that comes after them must not end the process.
  raw.on('error', () => {});
  try {
    await reached(raw, 'connect', signal);
    if (address.security === 'clear') return raw;
    if (address.security === 'startTls') await unlessAborted(signal, requestStartTls(raw));
    return await upgrade(raw, options, judge);
  } catch (error) {
    raw.destroy();
    if (error === signal.reason) throw error;
    if (error instanceof LdapFailure)
      throw new LdapFailure(`${address.url}: ${error.message}`, {
        cause: error,
        lasting: error.lasting,
        fault: error.fault,
      });
    throw socketFailure(address.url, error);
  }
}
