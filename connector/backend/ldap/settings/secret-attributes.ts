/** Attributes whose values are passwords, or as good as one, and the OIDs of the first two (RFC 4519 §2.41, MS-ADTS). Lower case. */
const SECRETS: ReadonlySet<string> = new Set([
  ...['userpassword', '2.5.4.35', 'unicodepwd', '1.2.840.113556.1.4.90', 'dbcspwd', 'authpassword'],
  ...['sambantpassword', 'sambalmpassword', 'ipanthash', 'krbprincipalkey', 'ms-mcs-admpwd'],
]);

/** @param attribute  of the directory, with or without options */
export const isSecret = (attribute: string): boolean => SECRETS.has(attribute.toLowerCase().replace(/;.*$/, '').trim());
