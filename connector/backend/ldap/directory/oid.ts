/** Extensions and controls that a root DSE may name. */

/** Password Modify (RFC 3062). */
export const PASSWORD_MODIFY = '1.3.6.1.4.1.4203.1.11.1';
/** Pre-read and post-read of a changed entry (RFC 4527). */
export const PRE_READ = '1.3.6.1.1.13.1';
export const POST_READ = '1.3.6.1.1.13.2';
/** Assertion (RFC 4528). */
export const ASSERTION = '1.3.6.1.1.12';
/** draft-behera-ldap-password-policy. */
export const PASSWORD_POLICY = '1.3.6.1.4.1.42.2.27.8.5.1';
/** LDAP_CAP_ACTIVE_DIRECTORY_OID (MS-ADTS §3.1.1.3.4.3.1). */
export const ACTIVE_DIRECTORY = '1.2.840.113556.1.4.800';
/** LDAP_MATCHING_RULE_BIT_AND of Active Directory. */
export const BIT_AND = '1.2.840.113556.1.4.803';
