/**
 * Names of what can go wrong, as `explain CODE` takes them (docs/errors.md). Stable: people search for them, and the
 * journal keeps them. What each means stands in connector/explain/.
 */

import type { SharingFault } from './sharing-fault.ts';

/** What a request asks for. */
export type RequestFault =
  | 'format-not-offered'
  | 'filter-invalid'
  | 'paging-invalid'
  | 'cursor-invalid'
  | 'cursor-expired'
  | 'sort-invalid'
  | 'header-invalid'
  | 'url-invalid'
  | 'path-unknown'
  | 'base-url-version'
  | 'method-not-allowed'
  | 'feature-off'
  | 'web-page-refused';

/** What is wrong with the body of a request. */
export type BodyFault =
  | 'body-unreadable'
  | 'body-incomplete'
  | 'body-too-large'
  | 'content-type-unsupported'
  | 'value-of-wrong-kind'
  | 'value-missing'
  | 'attribute-read-only'
  | 'patch-invalid'
  | 'patch-path-invalid'
  | 'patch-target-missing'
  | 'scim1-body'
  | 'scim2-body'
  | 'bulk-invalid'
  | 'import-file-invalid';

/** What a request finds in the way. */
export type StateFault =
  | 'id-unknown'
  | 'user-name-taken'
  | 'value-taken'
  | 'member-unknown'
  | 'member-not-a-user'
  | 'manager-unknown'
  | 'connector-read-only'
  | 'too-many-members-removed'
  | 'changes-held'
  | 'held-change-rejected'
  | 'holds-not-counted'
  | 'changed-meanwhile'
  | 'version-required'
  | 'large-requests-wait'
  | 'too-slow'
  | 'client-gone'
  | 'record-not-kept'
  | 'internal-error';

/** What people are given. */
export type EntitlementFault = 'entitlement-unknown' | 'entitlement-second' | 'entitlement-in-use';

export type CredentialFault =
  | 'credential-none-yet'
  | 'credential-missing'
  | 'credential-of-wrong-kind'
  | 'bearer-word-missing'
  | 'token-expired'
  | 'token-of-another-app'
  | 'token-unknown'
  | 'attempts-too-many';

/** Of clients that get access tokens from us. */
export type OAuthFault =
  | 'token-request-invalid'
  | 'assertion-refused'
  | 'assertion-used'
  | 'assertions-too-many'
  | 'client-keys-unavailable'
  | 'access-token-refused';

/** Between the connector and a directory. */
export type DirectoryFault =
  | 'directory-silent'
  | 'directory-busy'
  | 'directory-size-limit'
  | 'directory-time-limit'
  | 'directory-read-only'
  | 'directory-access-denied'
  | 'directory-base-missing'
  | 'directory-change-unconfirmed'
  | 'directory-failed'
  | 'directory-index-missing';

/** On the way to a directory: network, certificates, the log-in of the service account. */
export type DirectoryLoginFault =
  | 'directory-unreachable'
  | 'directory-host-unknown'
  | 'directory-certificate-expired'
  | 'directory-certificate-name'
  | 'directory-certificate-untrusted'
  | 'directory-clock'
  | 'directory-tls-mismatch'
  | 'directory-bind-refused';

/** What a directory has against an entry. */
export type EntryFault =
  | 'value-refused-by-schema'
  | 'value-too-long'
  | 'attribute-not-in-schema'
  | 'attribute-not-allowed'
  | 'attribute-required'
  | 'attribute-takes-one-value'
  | 'value-there-already'
  | 'value-gone-already'
  | 'attribute-kept-by-directory'
  | 'value-beyond-ascii'
  | 'value-breaks-rule'
  | 'reference-leads-nowhere';

/** What a directory has against an entry as a whole. */
export type EntryShapeFault =
  | 'name-too-long'
  | 'name-not-possible'
  | 'entry-class-conflict'
  | 'entry-has-children'
  | 'rename-not-possible'
  | 'change-refused'
  | 'entry-outside-filter'
  | 'entry-protected'
  | 'free-values-exhausted'
  | 'groups-not-kept';

export type PasswordFaultCode =
  | 'password-too-short'
  | 'password-too-simple'
  | 'password-used-before'
  | 'password-too-young'
  | 'password-refused'
  | 'password-empty'
  | 'password-unmapped';

export type DatabaseFault =
  | 'database-disk-full'
  | 'database-disk-failing'
  | 'database-locked'
  | 'database-read-only'
  | 'database-missing'
  | 'database-damaged'
  | 'database-of-another-program'
  | 'database-too-new'
  | 'database-in-use'
  | 'database-moved'
  | 'memory-exhausted';

/** Between the connector and a PostgreSQL. */
export type PostgresFault =
  | 'postgres-silent'
  | 'postgres-restarting'
  | 'postgres-contended'
  | 'postgres-pool-busy'
  | 'postgres-connections-exhausted'
  | 'postgres-commit-unanswered'
  | 'postgres-read-only'
  | 'postgres-disk-full'
  | 'postgres-right-missing'
  | 'postgres-schema-missing'
  | 'postgres-failed';

/** On the way to a PostgreSQL: network, certificates, the log-in. */
export type PostgresLoginFault =
  | 'postgres-unreachable'
  | 'postgres-host-unknown'
  | 'postgres-password-refused'
  | 'postgres-login-refused'
  | 'postgres-database-missing'
  | 'postgres-tls-not-offered'
  | 'postgres-certificate-untrusted'
  | 'postgres-certificate-name'
  | 'postgres-certificate-expired';

/** Between the agent and the connector. */
export type TlsFault =
  | 'agent-distrusts-certificate'
  | 'agent-certificate-name'
  | 'agent-http-refused'
  | 'http-on-https-port'
  | 'tls-handshake-failed'
  | 'certificate-expired'
  | 'certificate-file-unusable';

export type ConfigurationFault =
  | 'configuration-invalid'
  | 'configuration-not-found'
  | 'configuration-not-text'
  | 'setting-unknown'
  | 'mapping-invalid'
  | 'deactivation-not-chosen'
  | 'secret-missing'
  | 'secret-not-readable';

export type HostFault =
  | 'port-taken'
  | 'port-not-allowed'
  | 'address-not-here'
  | 'permission-denied'
  | 'disk-full'
  | 'files-exhausted'
  | 'clock-wrong'
  | 'lock-held'
  | 'target-exists'
  | 'connector-stopping';

/** Seen in Okta, or in the agent's log. */
export type OktaFault =
  | 'agent-cannot-connect'
  | 'agent-connection-timed-out'
  | 'agent-read-timed-out'
  | 'agent-host-unknown'
  | 'agent-not-running'
  | 'okta-no-users-returned'
  | 'okta-empty-user'
  | 'okta-no-matching-user'
  | 'okta-save-failed'
  | 'custom-attribute-without-namespace'
  | 'custom-attribute-of-another-app'
  | 'attribute-ignored';

export type FaultCode =
  | RequestFault
  | BodyFault
  | StateFault
  | SharingFault
  | EntitlementFault
  | CredentialFault
  | OAuthFault
  | DirectoryFault
  | DirectoryLoginFault
  | EntryFault
  | EntryShapeFault
  | PasswordFaultCode
  | DatabaseFault
  | PostgresFault
  | PostgresLoginFault
  | TlsFault
  | ConfigurationFault
  | HostFault
  | OktaFault;
