/** The customer's certificate and key in one PFX (PKCS #12) file. */
import type { X509Certificate } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { connect, createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls';
import { CertificateError } from '../certificate-error.ts';
import { describeCertificate } from '../describe-certificate.ts';
import type { Loaded } from '../loaded-certificate.ts';
import { TLS_OPTIONS } from '../tls-options.ts';
import { judgeChain } from './judge-chain.ts';
import { prove } from './prove.ts';
import { readBytes } from './read-bytes.ts';

export interface PfxOptions {
  readonly pfxFile: string;
  readonly passphrase?: (() => string | undefined) | undefined;
  readonly names?: readonly string[] | undefined;
  readonly listenHost?: string | undefined;
}

type Chain = readonly [X509Certificate, ...X509Certificate[]];

/** @throws CertificateError */
export async function loadPfx(
  { pfxFile, passphrase: ask, names, listenHost }: PfxOptions,
  now: number,
): Promise<Loaded> {
  const pfx = readBytes(pfxFile);
  const passphrase = ask?.();
  const context = { ...TLS_OPTIONS, pfx, ...(passphrase === undefined ? {} : { passphrase }) };
  try {
    createSecureContext(context);
  } catch (cause) {
    throw new CertificateError(`${pfxFile} ${reasonOf(cause as Error, passphrase !== undefined)}`, { cause });
  }
  prove(context, pfxFile);
  const chain = await presentedBy(context, pfxFile);
  const warnings = judgeChain({ chain, file: pfxFile, names, listenHost }, now);
  return { context, description: describeCertificate(chain[0]), warnings };
}

function reasonOf({ message }: Error, tried: boolean): string {
  if (/mac verify/i.test(message))
    return tried ? 'cannot be opened with the configured passphrase' : 'is encrypted: configure its passphrase';
  if (/unsupported|unknown.*(cipher|digest|pbe)/i.test(message)) {
    return 'is encrypted in an outdated way (RC2 or 3DES): export it again with AES-256';
  }
  return 'is no complete PFX file: export it again with its private key and all certificates';
}

/**
 * What a client would be shown. Node reads PFX files into a context only, so the context is asked, by a handshake
 * with ourselves in memory.
 */
async function presentedBy(context: SecureContextOptions, file: string): Promise<Chain> {
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
