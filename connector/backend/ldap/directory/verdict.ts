import type { Reason } from '../../../scim/error.ts';
import type { FaultCode } from '../../../scim/fault-code.ts';
import { RESULT } from './result-code.ts';

/** What a client is told of a failure. */
export interface Verdict {
  /** In the catalogue of faults. */
  readonly fault: FaultCode;
  readonly reason: Reason;
  /** What the client or the operator can do. */
  readonly text: string;
  /** Unit: seconds. */
  readonly retryAfter?: number;
}

/** When trying again makes sense. Unit: seconds. */
export const SOON = 5;

const limit = (fault: FaultCode, what: string): Verdict => ({
  fault,
  reason: 'unavailable',
  text: `the directory's ${what} cut a search short; raise it for the service account`,
});

const REFUSED_BIND: Verdict = {
  fault: 'directory-bind-refused',
  reason: 'unavailable',
  // Ours, not the client's: never 401.
  text: "the directory does not accept the connector's own service account; check bind_dn and its password",
};

export const invalid = (fault: FaultCode, text: string): Verdict => ({ fault, reason: 'invalidValue', text });

/** Result codes that say the same of every operation. */
export const FIXED: Readonly<Record<number, Verdict>> = {
  [RESULT.timeLimitExceeded]: limit('directory-time-limit', 'time limit'),
  [RESULT.sizeLimitExceeded]: limit('directory-size-limit', 'size limit'),
  [RESULT.adminLimitExceeded]: limit('directory-size-limit', 'look-through limit'),
  [RESULT.authMethodNotSupported]: REFUSED_BIND,
  [RESULT.strongerAuthRequired]: REFUSED_BIND,
  [RESULT.confidentialityRequired]: REFUSED_BIND,
  [RESULT.inappropriateAuthentication]: REFUSED_BIND,
  [RESULT.invalidCredentials]: REFUSED_BIND,
  [RESULT.referral]: {
    fault: 'directory-read-only',
    reason: 'unavailable',
    text: 'this directory server is read-only; put a writable one first in urls',
  },
  [RESULT.unavailableCriticalExtension]: {
    fault: 'directory-failed',
    reason: 'unavailable',
    text: 'the directory does not support a control that the connector needs',
  },
  [RESULT.noSuchAttribute]: invalid(
    'value-gone-already',
    'an attribute or value that was to be removed is not there, or its type is unknown',
  ),
  [RESULT.undefinedAttributeType]: invalid(
    'attribute-not-in-schema',
    "an attribute is not in the directory's schema; check the mapping",
  ),
  [RESULT.inappropriateMatching]: invalid(
    'entry-class-conflict',
    'an attribute cannot be compared in this way; check the mapping',
  ),
  [RESULT.attributeOrValueExists]: invalid('value-there-already', 'a value is given twice or is already there'),
  [RESULT.invalidAttributeSyntax]: invalid(
    'value-refused-by-schema',
    'a value does not have the form that the directory asks for',
  ),
  [RESULT.invalidDNSyntax]: invalid('name-not-possible', 'a value cannot be part of a name in the directory'),
  [RESULT.busy]: {
    fault: 'directory-busy',
    reason: 'unavailable',
    text: 'the directory is busy; try again',
    retryAfter: SOON,
  },
  [RESULT.unavailable]: {
    fault: 'directory-busy',
    reason: 'unavailable',
    text: 'the directory is not available now; try again',
    retryAfter: SOON,
  },
  [RESULT.namingViolation]: invalid(
    'name-not-possible',
    "the entry's name does not fit its attributes; check the RDN template",
  ),
  [RESULT.objectClassViolation]: invalid(
    'entry-class-conflict',
    'the entry would break the schema: an attribute is missing or not allowed',
  ),
  [RESULT.notAllowedOnNonLeaf]: {
    fault: 'entry-has-children',
    reason: 'conflict',
    text: 'the entry has entries below it; remove them first',
  },
  [RESULT.notAllowedOnRDN]: invalid(
    'name-not-possible',
    'the attribute that names the entry cannot be changed in this way',
  ),
  [RESULT.objectClassModsProhibited]: invalid(
    'entry-class-conflict',
    "the entry's structural object class cannot be changed",
  ),
  [RESULT.affectsMultipleDSAs]: invalid('entry-class-conflict', 'the entry cannot be moved to another server'),
  [RESULT.assertionFailed]: {
    fault: 'changed-meanwhile',
    reason: 'versionMismatch',
    text: 'the entry has changed since it was last retrieved',
  },
};
