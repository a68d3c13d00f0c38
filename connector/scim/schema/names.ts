/**
 * Our names of the schemas: keys in `Attributes`, in stored documents, in exports and in the configuration. They are the
 * URNs of SCIM 1.1, and stay what they are whatever protocol is spoken: what a protocol writes for them is its codec's.
 */
export const CORE_SCHEMA = 'urn:scim:schemas:core:1.0';
export const ENTERPRISE_SCHEMA = 'urn:scim:schemas:extension:enterprise:1.0';
