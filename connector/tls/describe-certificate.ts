import type { X509Certificate } from 'node:crypto';
import type { CertificateDescription } from './loaded-certificate.ts';
import { namesOf, oneLine } from './pem.ts';

export const describeCertificate = (certificate: X509Certificate): CertificateDescription => ({
  subject: oneLine(certificate.subject),
  issuer: oneLine(certificate.issuer),
  names: namesOf(certificate),
  notBefore: certificate.validFromDate,
  notAfter: certificate.validToDate,
  fingerprint256: certificate.fingerprint256,
});
