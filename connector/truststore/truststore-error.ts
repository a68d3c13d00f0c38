/** A truststore that cannot be read. The message is for the operator and says what to do; the file is named by who read it. */
export class TruststoreError extends Error {
  override readonly name = 'TruststoreError';
  readonly reason: 'password' | 'damaged' | 'unsupported';

  constructor(reason: TruststoreError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export const damaged = (why: string, options?: ErrorOptions): TruststoreError =>
  new TruststoreError('damaged', `is damaged (${why}): restore it from a backup, or install the agent again`, options);

export const wrongPassword = (options?: ErrorOptions): TruststoreError =>
  new TruststoreError('password', 'cannot be opened with this password: name another with --password-file', options);
