import type { X509Certificate } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { connect, type SecureContextOptions, TLSSocket } from 'node:tls';
import { CertificateError } from '../certificate-error.ts';

export type Chain = readonly [X509Certificate, ...X509Certificate[]];

/**
 * What a client would be shown. Node reads PFX files into a context only, so the context is asked, by a handshake
 * with ourselves in memory. @param file  that it was made of @throws CertificateError
 */
export async function presentedBy(context: SecureContextOptions, file: string): Promise<Chain> {
  const [near, far] = duplexPair();
  const server = new TLSSocket(far, { ...context, isServer: true });
  const client = connect({ socket: near, rejectUnauthorized: false });
  try {
    return await new Promise<Chain>((resolve, reject) => {
      server.on('error', reject);
      client.on('error', reject);
      client.on('secureConnect', () => {
        const leaf = client.getPeerX509Certificate();
        if (leaf === undefined) reject(new Error('no certificate'));
        else resolve([leaf, ...issuersOf(leaf)]);
      });
    });
  } catch (cause) {
    throw new CertificateError(`${file} holds no usable certificate with its key: export it again with both`, {
      cause,
    });
  } finally {
    client.destroy();
    server.destroy();
  }
}

function issuersOf(leaf: X509Certificate): X509Certificate[] {
  const issuers: X509Certificate[] = [];
  for (let next = leaf.issuerCertificate; next !== undefined; next = next.issuerCertificate) {
    if (next.fingerprint256 === (issuers.at(-1) ?? leaf).fingerprint256) break;
    issuers.push(next);
  }
  return issuers;
}
