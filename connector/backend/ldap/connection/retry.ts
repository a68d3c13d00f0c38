import type { LdapFailure } from '../directory/ldap-failure.ts';
import { isLockShortage } from '../directory/lock-shortage.ts';
import { RESULT } from '../directory/result-code.ts';
import type { PoolName } from './directory-options.ts';

export const isReferral = ({ code }: LdapFailure): boolean => code === RESULT.referral;

/** The same request may succeed on another connection or in a moment. */
const isTransient = (failure: LdapFailure): boolean =>
  failure.code === undefined ||
  failure.code === RESULT.busy ||
  failure.code === RESULT.unavailable ||
  isLockShortage(failure);

/**
 * Reads may always be asked again, whole lists too: whoever takes them begins again as well. A write is done again only where it is
 * certain that nothing was done: the request never left, or the server said so, and no change before it in the same
 * work was confirmed.
 */
export function mayRetry(pool: PoolName, failure: LdapFailure, applied: number): boolean {
  if (pool !== 'write') return isTransient(failure);
  return applied === 0 && !failure.outcomeUnknown && (isTransient(failure) || isReferral(failure));
}
