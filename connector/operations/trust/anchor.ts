import type { X509Certificate } from 'node:crypto';
import type { Chain } from '../../tls/customer/presented-chain.ts';
import type { TrustedEntry } from '../../truststore/truststore.ts';

/** Why a truststore leads to the served certificate. */
export interface Anchor {
  readonly entry: TrustedEntry;
  /** `server`: the served certificate itself, and not one that has issued it. */
  readonly trusts: 'authority' | 'server';
}

/** As Java takes one for another: by name and key, whatever else was renewed (RFC 5280 §6.1.1 d). */
export const isSame = (a: X509Certificate, b: X509Certificate): boolean =>
  a.fingerprint256 === b.fingerprint256 || (a.subject === b.subject && a.publicKey.equals(b.publicKey));

const hasIssued = (issuer: X509Certificate, certificate: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

/** The entry that the chain leads to, the highest first. */
export function anchorOf(chain: Chain, entries: readonly TrustedEntry[]): Anchor | undefined {
  const last = chain.at(-1) ?? chain[0];
  const above = entries.find(({ certificate }) => hasIssued(certificate, last));
  if (above) return { entry: above, trusts: 'authority' };
  for (const [index, certificate] of [...chain.entries()].reverse()) {
    const entry = entries.find((one) => isSame(one.certificate, certificate));
    if (entry) return { entry, trusts: index > 0 || certificate.checkIssued(certificate) ? 'authority' : 'server' };
  }
  return undefined;
}
