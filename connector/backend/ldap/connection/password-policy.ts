import { PasswordPolicyControl } from 'ldapts';
import type { PasswordFault } from '../directory/ldap-failure.ts';
import { type Operation, setsPassword } from '../directory/operation.ts';

/** `error` of the response (draft-behera-ldap-password-policy-10 §6.2), as far as it is about the new password. */
const FAULTS: Readonly<Record<number, PasswordFault>> = { 5: 'simple', 6: 'short', 7: 'young', 8: 'used' };

/** Asks why a password is refused, with an operation that sets one. A server that does not know it leaves it unanswered. */
export const policyFor = (operation: Operation): PasswordPolicyControl | undefined =>
  setsPassword(operation) ? new PasswordPolicyControl() : undefined;

export const faultIn = (policy: PasswordPolicyControl | undefined): PasswordFault | undefined =>
  FAULTS[policy?.value?.error ?? -1];
