/** What stands in the operator's way, and so where to look. */
export type FailureKind =
  /** The question or the configuration is wrong. */
  | 'usage'
  /** The backend cannot be reached, or it refused us. */
  | 'backend'
  /** A certificate, or TLS. */
  | 'tls'
  /** A secret, a token or a permission. */
  | 'secret'
  | 'unexpected';

/** What the operator asked for cannot be done. The message is for them: what is wrong and the fix. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
