import type { ConfigurationFault, DirectoryFault, DirectoryLoginFault, HostFault } from '../../../scim/fault-code.ts';
import { blotted } from './blotted.ts';
import type { Operation } from './operation.ts';

/** Which rule of a password policy was broken. */
export type PasswordFault = 'short' | 'simple' | 'used' | 'young';

export interface LdapFailureOptions extends ErrorOptions {
  readonly fault?: DirectoryFault | DirectoryLoginFault | HostFault | ConfigurationFault | undefined;
  readonly code?: number;
  readonly outcomeUnknown?: boolean;
  readonly diagnostic?: string;
  readonly operation?: Operation;
  readonly retryAfter?: number;
  readonly outOfTime?: boolean;
  readonly lasting?: boolean;
  readonly passwordFault?: PasswordFault;
}

/**
 * A failed operation. `code` is the LDAP result code (RFC 4511 §4.1.9), absent when the connection failed. `message`
 * is ours: it names servers and operations, never entries and values.
 */
export class LdapFailure extends Error {
  override readonly name = 'LdapFailure';
  readonly code?: number;
  /** In the catalogue of faults, where no connection came about. */
  readonly fault?: NonNullable<LdapFailureOptions['fault']>;
  /** The request left and its answer did not come: it may have been done. */
  readonly outcomeUnknown: boolean;
  /** All the time that a request has is used up. */
  readonly outOfTime: boolean;
  /** The server's own words. They may quote names and values: for decisions, never for a client. */
  readonly diagnostic: string;
  /** What the server refused. */
  readonly operation?: Operation;
  /** What a password policy has against the password, where the server answers the control. */
  readonly passwordFault?: PasswordFault;
  /** Only somebody can mend it: trying again does not help. */
  readonly lasting: boolean;
  /** Seconds until the next attempt to reach a server. */
  readonly retryAfter?: number;

  constructor(message: string, options: LdapFailureOptions = {}) {
    super(message, options);
    if (options.code !== undefined) this.code = options.code;
    if (options.fault !== undefined) this.fault = options.fault;
    this.outcomeUnknown = options.outcomeUnknown ?? false;
    this.outOfTime = options.outOfTime ?? false;
    if (options.passwordFault !== undefined) this.passwordFault = options.passwordFault;
    this.lasting = options.lasting ?? false;
    this.diagnostic = options.diagnostic ?? '';
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
    if (options.operation !== undefined) this.operation = options.operation;
    // Not for whoever prints an error with all its fields.
    for (const name of ['diagnostic', 'operation']) Object.defineProperty(this, name, { enumerable: false });
  }

  /** For every line of the log: the server's words, without the values that it was sent. */
  get logged(): object {
    const diagnostic = blotted(this.diagnostic, this.operation);
    return { message: this.message, ...(diagnostic === '' ? {} : { diagnostic }) };
  }
}

/**
 * Whether a write without an answer can still be cleared up by reading. Not when it took all the time there was: a
 * second attempt would outlast the request, and its text would never be read.
 */
export const mayLookAgain = (error: unknown): boolean =>
  error instanceof LdapFailure && error.outcomeUnknown && !error.outOfTime;

/** What an error of some work says of the directory, however it is wrapped. */
export function failureIn(error: unknown): LdapFailure | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof LdapFailure) return at;
  }
  return undefined;
}

/** The failure of a request that nobody waits for any more. @param outcomeUnknown  it was sent, and it writes */
export function cancelled({ reason }: AbortSignal, outcomeUnknown: boolean): LdapFailure {
  const ours = reason instanceof LdapFailure ? reason : undefined;
  const text = ours?.message ?? 'the request was given up before the directory answered';
  const fault = ours?.fault ?? 'directory-silent';
  return new LdapFailure(text, { outcomeUnknown, outOfTime: ours?.outOfTime ?? false, cause: reason, fault });
}
