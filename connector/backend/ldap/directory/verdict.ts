import type { Reason } from '../../../scim/error.ts';
import { RESULT } from './result-code.ts';

/** What a client is told of a failure. */
export interface Verdict {
  readonly reason: Reason;
  /** What the client or the operator can do. */
  readonly text: string;
  /** Unit: seconds. */
  readonly retryAfter?: number;
}

/** When trying again makes sense. Unit: seconds. */
export const SOON = 5;

const limit = (what: string): Verdict => ({
  reason: 'unavailable',
  text: `the directory's ${what} cut a search short; raise it for the service account`,
});

const REFUSED_BIND: Verdict = {
  reason: 'unavailable',
  // Ours, not the client's: never 401.
  text: "the directory does not accept the connector's own service account; check bind_dn and its password",
};

export const invalid = (text: string): Verdict => ({ reason: 'invalidValue', text });

/** Result codes that say the same of every operation. */
export const FIXED: Readonly<Record<number, Verdict>> = {
  [RESULT.timeLimitExceeded]: limit('time limit'),
  [RESULT.sizeLimitExceeded]: limit('size limit'),
  [RESULT.adminLimitExceeded]: limit('look-through limit'),
  [RESULT.authMethodNotSupported]: REFUSED_BIND,
  [RESULT.strongerAuthRequired]: REFUSED_BIND,
  [RESULT.confidentialityRequired]: REFUSED_BIND,
  [RESULT.inappropriateAuthentication]: REFUSED_BIND,
  [RESULT.invalidCredentials]: REFUSED_BIND,
  [RESULT.referral]: {
    reason: 'unavailable',
    text: 'this directory server is read-only; put a writable one first in urls',
  },
  [RESULT.unavailableCriticalExtension]: {
    reason: 'unavailable',
    text: 'the directory does not support a control that the connector needs',
  },
  [RESULT.noSuchAttribute]: invalid(
    'an attribute or value that was to be removed is not there, or its type is unknown',
  ),
  [RESULT.undefinedAttributeType]: invalid("an attribute is not in the directory's schema; check the mapping"),
  [RESULT.inappropriateMatching]: invalid('an attribute cannot be compared in this way; check the mapping'),
  [RESULT.attributeOrValueExists]: invalid('a value is given twice or is already there'),
  [RESULT.invalidAttributeSyntax]: invalid('a value does not have the form that the directory asks for'),
  [RESULT.invalidDNSyntax]: invalid('a value cannot be part of a name in the directory'),
  [RESULT.busy]: { reason: 'unavailable', text: 'the directory is busy; try again', retryAfter: SOON },
  [RESULT.unavailable]: {
    reason: 'unavailable',
    text: 'the directory is not available now; try again',
    retryAfter: SOON,
  },
  [RESULT.namingViolation]: invalid("the entry's name does not fit its attributes; check the RDN template"),
  [RESULT.objectClassViolation]: invalid('the entry would break the schema: an attribute is missing or not allowed'),
  [RESULT.notAllowedOnNonLeaf]: { reason: 'conflict', text: 'the entry has entries below it; remove them first' },
  [RESULT.notAllowedOnRDN]: invalid('the attribute that names the entry cannot be changed in this way'),
  [RESULT.objectClassModsProhibited]: invalid("the entry's structural object class cannot be changed"),
  [RESULT.affectsMultipleDSAs]: invalid('the entry cannot be moved to another server'),
  [RESULT.assertionFailed]: { reason: 'versionMismatch', text: 'the entry has changed since it was last retrieved' },
};
