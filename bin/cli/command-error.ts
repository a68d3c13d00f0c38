import type { ExitCode } from './exit-codes.ts';

/** A command that cannot do what it was asked. The message is for the operator: what is wrong and the fix. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
