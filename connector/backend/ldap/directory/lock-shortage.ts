import type { LdapFailure } from './ldap-failure.ts';
import { RESULT } from './result-code.ts';

/** 389 answers so when its database locks run out for a moment; nothing was written (docs/directories.md, Large groups). */
export const isLockShortage = ({ code, diagnostic }: LdapFailure): boolean =>
  code === RESULT.unwillingToPerform && /db locks/i.test(diagnostic);
