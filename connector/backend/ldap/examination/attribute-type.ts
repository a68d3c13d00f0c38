/** Without options: `cn;lang-de` is of type `cn`. */
export const typeOf = (ldap: string): string => (ldap.split(';')[0] ?? ldap).toLowerCase();

/** An OID. */
export const isNumeric = (name: string): boolean => /^[\d.]+$/.test(name);
