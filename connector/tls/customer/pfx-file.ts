/** The customer's certificate and key in one PFX (PKCS #12) file. */
import { createSecureContext } from 'node:tls';
import { CertificateError } from '../certificate-error.ts';
import { describeCertificate } from '../describe-certificate.ts';
import type { Loaded } from '../loaded-certificate.ts';
import { TLS_OPTIONS } from '../tls-options.ts';
import { judgeChain } from './judge-chain.ts';
import { presentedBy } from './presented-chain.ts';
import { prove } from './prove.ts';
import { readBytes } from './read-bytes.ts';

export interface PfxOptions {
  readonly pfxFile: string;
  readonly passphrase?: (() => string | undefined) | undefined;
  readonly names?: readonly string[] | undefined;
  readonly listenHost?: string | undefined;
}

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
