import type { MatchingRules } from '../layout/schema.ts';

/** Without options: `cn;lang-de` is of type `cn`. */
export const typeOf = (ldap: string): string => (ldap.split(';')[0] ?? ldap).toLowerCase();

/** INTEGER (RFC 4517 §3.3.16). */
const INTEGER = '1.3.6.1.4.1.1466.115.121.1.27';

export const isWhole = ({ syntax = '' }: MatchingRules = {}): boolean => syntax.replace(/\{\d+\}$/, '') === INTEGER;

/** An OID. */
export const isNumeric = (name: string): boolean => /^[\d.]+$/.test(name);
