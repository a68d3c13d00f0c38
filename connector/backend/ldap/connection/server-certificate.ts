import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Trust } from './directory-options.ts';
import { connectionFault } from './socket-failures.ts';

const fingerprint = (text: string): string => text.replaceAll(':', '').toUpperCase();

function checkPin(socket: TLSSocket, pins: readonly string[]): void {
  const seen = socket.getPeerCertificate().fingerprint256;
  if (seen === undefined || !pins.some((pin) => fingerprint(pin) === fingerprint(seen))) {
    const text = `the server's certificate is not the pinned one; its SHA-256 fingerprint is ${seen ?? '-'}`;
    throw new LdapFailure(text, { lasting: true, fault: 'directory-certificate-untrusted' });
  }
}

const oneLine = (name: string): string => name.split('\n').join(', ');
const day = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ').concat(' UTC');

function namesIn({ subjectAltName }: X509Certificate): string {
  const names = (subjectAltName ?? '')
    .split(', ')
    .flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []);
  return names.length === 0 ? 'no name' : names.join(', ');
}

function isAnother(certificate: X509Certificate, host: string): string {
  return `the server's certificate is for another name: it has ${namesIn(certificate)}, and not ${host}; use a name that it has in urls, or set servername`;
}

function hasExpired(certificate: X509Certificate): string {
  const { validToDate } = certificate;
  if (validToDate.getTime() < Date.now())
    return `the server's certificate has expired on ${day(validToDate)}; renew it`;
  return `the certificate of an authority above the server's has expired; renew that of ${oneLine(certificate.issuer)}`;
}

const isNotTrusted = ({ issuer }: X509Certificate): string =>
  `the authority of the server's certificate (${oneLine(issuer)}) is not trusted; put it into ca_file`;

/** Codes of Node's tls, as far as the certificate says more than they do. */
const TEXTS: Readonly<Record<string, (certificate: X509Certificate, host: string) => string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: isAnother,
  CERT_HAS_EXPIRED: hasExpired,
  CERT_NOT_YET_VALID: ({ validFromDate }) =>
    `the server's certificate is not valid before ${day(validFromDate)}; check both clocks`,
  DEPTH_ZERO_SELF_SIGNED_CERT: ({ subject }) =>
    `the server's certificate (${oneLine(subject)}) is signed by itself; put it into ca_file`,
  SELF_SIGNED_CERT_IN_CHAIN: isNotTrusted,
  UNABLE_TO_GET_ISSUER_CERT: isNotTrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: isNotTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: isNotTrusted,
};

/**
 * Whether the server at the other end of a handshake is the one that is meant.
 * @param host  the name that its certificate must have
 * @throws LdapFailure, or an error with a code of Node's tls
 */
export function judgeCertificate(socket: TLSSocket, trust: Trust, host: string): void {
  if (trust.kind === 'pinned') {
    checkPin(socket, trust.sha256);
    return;
  }
  if (socket.authorized) return;
  // A code, whatever its declared type is.
  const code = String(socket.authorizationError);
  const certificate = socket.getPeerX509Certificate();
  const text = certificate && TEXTS[code]?.(certificate, host);
  if (text !== undefined) throw new LdapFailure(text, { lasting: true, fault: connectionFault(code) });
  throw Object.assign(new Error(code), { code });
}
