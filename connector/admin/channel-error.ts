/**
 * `absent`: nobody listens. `forbidden`: another account's. `silent`: no answer in time, or none that could be read.
 * `refused`: the service has answered that it will not, or cannot.
 */
export type ChannelFailure = 'absent' | 'forbidden' | 'silent' | 'refused';

/** Why a running service could not be asked. The message is for the operator. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  readonly why: ChannelFailure;

  constructor(why: ChannelFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.why = why;
  }
}
