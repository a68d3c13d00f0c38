import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { CertificateError } from '../certificate-error.ts';

/** Lets OpenSSL object now to what it would object to at the first connection. @throws CertificateError */
export function prove(context: SecureContextOptions, file: string): void {
  try {
    createSecureContext(context);
  } catch (cause) {
    const weak = (cause as NodeJS.ErrnoException).code?.includes('TOO_SMALL') ?? false;
    throw new CertificateError(
      weak
        ? `${file} has a key that is too short for TLS today: use RSA with 2048 bits or more, or ECDSA`
        : `${file} cannot be used for TLS: check that certificate and key are complete`,
      { cause },
    );
  }
}
