import { LdapFailure } from '../directory/ldap-failure.ts';

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

/** The failure of a request that nobody waits for any more. @param outcomeUnknown  it was sent, and it writes */
export function cancelled({ reason }: AbortSignal, outcomeUnknown: boolean): LdapFailure {
  const ours = reason instanceof LdapFailure ? reason : undefined;
  const text = ours?.message ?? 'the request was given up before the directory answered';
  return new LdapFailure(text, { outcomeUnknown, outOfTime: ours?.outOfTime ?? false, cause: reason });
}
