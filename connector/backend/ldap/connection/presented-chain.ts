import type { X509Certificate } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { chainOf } from './certificates.ts';
import { withDeadline } from './deadline.ts';
import { DEFAULTS, type Trust } from './directory-options.ts';
import { openUnjudged } from './open-socket.ts';
import type { ServerAddress } from './server-address.ts';
import { judgeCertificate } from './server-certificate.ts';

/** What a server shows of itself before anything is sent to it. */
export interface Presented {
  /** The server's own certificate first; empty in clear text. */
  readonly chain: readonly X509Certificate[];
  /** Why it is not believed, in the operator's words; undefined: it is. */
  readonly objection: LdapFailure | undefined;
}

/** Nothing is sent but what TLS needs, so that nobody has to be believed yet. */
const NOBODY = { kind: 'simple', dn: '', password: () => '' } as const;

/** Codes that a pin of the authority, or of the certificate, answers. */
const isTrustAlone = ({ fault }: LdapFailure): boolean => fault === 'directory-certificate-untrusted';

/** Whether believing the authority, or the certificate itself, is all that is missing. */
export const canBePinned = ({ objection }: Presented): boolean => objection !== undefined && isTrustAlone(objection);

function objectionTo(socket: TLSSocket, trust: Trust, host: string): LdapFailure | undefined {
  try {
    judgeCertificate(socket, trust, host);
    return undefined;
  } catch (error) {
    if (error instanceof LdapFailure) return error;
    throw error;
  }
}

/** @throws LdapFailure no connection came about, or no TLS on it */
export async function presentedBy(address: ServerAddress, trust: Trust, signal: AbortSignal): Promise<Presented> {
  const seconds = DEFAULTS.timeouts.connect / 1000;
  const text = `${address.url}: no connection within ${seconds} s; check host, port and firewalls`;
  const socket = await withDeadline(signal, DEFAULTS.timeouts.connect, text, (limited) =>
    openUnjudged({ address, trust, bind: NOBODY, signal: limited }),
  );
  try {
    if (!(socket instanceof TLSSocket)) return { chain: [], objection: undefined };
    return { chain: chainOf(socket.getPeerCertificate(true)), objection: objectionTo(socket, trust, address.host) };
  } finally {
    socket.destroy();
  }
}
