/** A certificate that a connection depends on. */
export interface NeededCertificate {
  /** For people: "the server's certificate". */
  readonly what: string;
  /** One line. */
  readonly subject: string;
  readonly notAfter: Date;
}
