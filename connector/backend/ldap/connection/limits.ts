/** What bounds one request. */
export interface Limits {
  readonly signal: AbortSignal;
  /** How long the server may take. Unit: ms. */
  readonly timeout: number;
  /** The request writes: without an answer its outcome is unknown. */
  readonly changes: boolean;
  /** Estimate of the encoded request. Unit: bytes. */
  readonly size: number;
}
