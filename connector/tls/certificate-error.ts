/** A certificate, key or name that cannot be used. The message is one line for the operator: the file and the fix. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}
