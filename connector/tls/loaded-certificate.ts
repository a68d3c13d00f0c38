import type { SecureContextOptions } from 'node:tls';

export interface CertificateDescription {
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses a client may call the server by. */
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SHA-256, upper case hexadecimal with colons, as keytool prints it. */
  readonly fingerprint256: string;
  /** The certificate to import in the agent's truststore, when it is ours. */
  readonly caFile?: string;
}

/** One reading of the source. */
export interface Loaded {
  readonly context: SecureContextOptions;
  readonly description: CertificateDescription;
  /** Not fatal, but the operator should know: one sentence each, with the fix. */
  readonly warnings: readonly string[];
}
