/** A credential or secret that cannot be made, read or removed. One line for the operator: what, and the fix. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError';
}
