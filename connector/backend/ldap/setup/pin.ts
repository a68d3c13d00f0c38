import type { X509Certificate } from 'node:crypto';
import type { Trust } from '../connection/directory-options.ts';

/** What is believed from now on, when somebody has agreed to a chain. */
export interface Pin {
  readonly trust: Trust;
  /** What is pinned, for people. */
  readonly what: string;
}

const isSelfSigned = (certificate: X509Certificate): boolean => certificate.checkIssued(certificate);

/**
 * The authority at the top, which outlives the server's certificate. A server that does not send its authority can only
 * be pinned itself.
 */
export function pinOf(chain: readonly X509Certificate[]): Pin | undefined {
  const [own] = chain;
  const top = chain.at(-1);
  if (!own || !top) return undefined;
  if (isSelfSigned(top)) return { trust: { kind: 'authority', ca: top.toString() }, what: 'the authority at the end' };
  return {
    trust: { kind: 'pinned', sha256: [own.fingerprint256] },
    what: "the server's own certificate: it does not send its authority, so init must be run again when it is renewed",
  };
}
