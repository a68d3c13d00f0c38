import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, connect } from 'node:tls';
import type { Trust } from '../../simulator/http-client.ts';
import { NoReply } from './wire.ts';

/** What a server shows of itself while TLS is set up. */
export interface Peer {
  /** `TLSv1.3` */
  readonly protocol: string;
  /** OpenSSL's or Node's word for what is wrong with its certificate, or absent. */
  readonly error?: string;
  /** Whatever else is wrong with it: it has not the name. */
  readonly isMisnamed: boolean;
  /** The certificate, then those that the server sent with it. */
  readonly chain: readonly X509Certificate[];
}

/** The chain as it came, the leaf first. */
function chainOf(leaf: X509Certificate | undefined): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let one = leaf; one !== undefined; one = one.issuerCertificate) {
    if (chain.some(({ fingerprint256 }) => fingerprint256 === one?.fingerprint256)) break;
    chain.push(one);
  }
  return chain;
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

export interface PeerOptions {
  readonly trust: Trust;
  /** Name that the certificate must have; else that of the URL. */
  readonly called?: string;
  /** Unit: ms. */
  readonly limit: number;
}

/** Sets up TLS as the agent would, and looks at it. Nothing is sent. @throws NoReply */
export function peerOf(message: string, url: string, { trust, called, limit }: PeerOptions): Promise<Peer> {
  const { hostname, port } = new URL(url);
  const host = bare(hostname);
  const name = called === undefined ? host : bare(called);
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...trust,
      host,
      port: port === '' ? 443 : Number(port),
      ...(isIP(name) === 0 ? { servername: name } : {}),
      checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
      rejectUnauthorized: false,
      timeout: limit,
    });
    socket.once('secureConnect', () => {
      const error = socket.authorizationError as unknown;
      const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : error;
      const chain = chainOf(socket.getPeerX509Certificate());
      const [leaf] = chain;
      const isMisnamed = (isIP(name) === 0 ? leaf?.checkHost(name) : leaf?.checkIP(name)) === undefined;
      resolve({ protocol: socket.getProtocol() ?? '', chain, isMisnamed, ...(code ? { error: String(code) } : {}) });
      // Not cut off: the server would take us for an agent that does not trust it.
      socket.end();
      socket.resume();
    });
    socket.once('timeout', () => {
      reject(new NoReply(message, url, new Error('silence'), limit));
      socket.destroy();
    });
    socket.once('error', (error) => reject(new NoReply(message, url, error)));
  });
}

/** Node's codes of a chain that leads to nobody who is trusted. */
export const isUntrusted = (code: string): boolean => /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code);
