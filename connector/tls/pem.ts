/** PEM files: certificates with their key. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { CertificateError } from './certificate-error.ts';

/** A certificate and the private key that belongs to it (PKCS #8, PEM). */
export interface CertifiedKey {
  readonly certificate: X509Certificate;
  readonly key: string;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/;

/** @throws CertificateError `file` holds none, or one that cannot be read */
export function parseCertificates(text: string, file: string): readonly [X509Certificate, ...X509Certificate[]] {
  try {
    const [first, ...others] = (text.match(CERTIFICATE) ?? []).map((block) => new X509Certificate(block));
    if (first !== undefined) return [first, ...others];
  } catch (cause) {
    throw new CertificateError(`${file} holds a certificate that cannot be read: copy the file again`, { cause });
  }
  throw new CertificateError(`${file} holds no certificate: it needs a PEM block "BEGIN CERTIFICATE"`);
}

/** What `formatCertifiedKey` wrote. @throws CertificateError */
export function parseCertifiedKey(text: string, file: string): CertifiedKey {
  const certificates = parseCertificates(text, file);
  const key = KEY.exec(text)?.[0];
  if (key === undefined || !certificates[0].checkPrivateKey(createPrivateKey(key))) {
    throw new CertificateError(`${file} lacks the private key of its certificate: restore the file from a backup`);
  }
  return { certificate: certificates[0], key: `${key}\n` };
}

/** One file for both, so that they can be replaced in one step. */
export const formatCertifiedKey = ({ certificate, key }: CertifiedKey, issuer?: X509Certificate): string =>
  `${certificate}${issuer ?? ''}${key}`;

/** The names a client may call a server with this certificate by. */
export const namesOf = (certificate: X509Certificate): string[] =>
  (certificate.subjectAltName ?? '')
    .split(', ')
    .map((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? '')
    .filter((name) => name !== '')
    .map((name) => (isIP(name) === 6 ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name.toLowerCase()));

/** A distinguished name on one line. */
export const oneLine = (name: string): string => name.split('\n').join(', ');
