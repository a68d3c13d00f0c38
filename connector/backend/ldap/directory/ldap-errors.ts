import { type Reason, ScimError, shown } from '../../../scim/error.ts';
import { RESULT } from './result-code.ts';
import { LdapFailure } from './session.ts';

export interface FailureContext {
  readonly operation: 'read' | 'create' | 'modify' | 'rename' | 'delete' | 'password';
  /** `User`, `Group`. */
  readonly type: string;
  /** The SCIM id, where one resource is meant. */
  readonly id?: string;
  /** The client's own value that must be unique: `userName "bjensen"`. Shown in a conflict. */
  readonly name?: string;
}

interface Verdict {
  readonly reason: Reason;
  /** What the client or the operator can do. */
  readonly text: string;
  /** Unit: seconds. */
  readonly retryAfter?: number;
}

/** constraintViolation: how OpenLDAP (unique overlay), 389 (attribute uniqueness) and Active Directory word a conflict. */
const NOT_UNIQUE = /non-unique attributes|same attribute value already exists|already in use/i;
/** constraintViolation and unwillingToPerform: Active Directory's ERROR_PASSWORD_RESTRICTION. */
const PASSWORD_RULE = /0000052D|password/i;
const LOCK_SHORTAGE = /db locks/i;
/** Unit: seconds. */
const SOON = 5;

const limit = (what: string): Verdict => ({
  reason: 'unavailable',
  text: `the directory's ${what} cut a search short; raise it for the service account`,
});

const REFUSED_BIND: Verdict = {
  reason: 'unavailable',
  // Ours, not the client's: never 401.
  text: "the directory does not accept the connector's own service account; check bind_dn and its password",
};

const invalid = (text: string): Verdict => ({ reason: 'invalidValue', text });

const FIXED: Readonly<Record<number, Verdict>> = {
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

function constraint({ operation, type, name }: FailureContext, diagnostic: string): Verdict {
  if (NOT_UNIQUE.test(diagnostic)) return taken(type, name);
  if (operation === 'password' || PASSWORD_RULE.test(diagnostic)) return PASSWORD_REFUSED;
  return invalid('a value breaks a rule of the directory: its length, form or number');
}

const PASSWORD_REFUSED = invalid(
  'password does not meet the rules of the directory: its length, characters, history or age',
);

const taken = (type: string, name: string | undefined): Verdict => ({
  reason: 'uniqueness',
  text: `${name ?? `a value that must be unique for each ${type}`} is already in use by another entry`,
});

function missing({ operation, type, id }: FailureContext): Verdict {
  if (id !== undefined && operation !== 'create') return { reason: 'notFound', text: `${type} ${shown(id)} not found` };
  return {
    reason: 'unavailable',
    text: `the place for each ${type} is not in the directory, or the service account may not see it; check the base`,
  };
}

const denied = ({ operation, type }: FailureContext): Verdict => ({
  reason: 'forbidden',
  text: `the service account may not ${operation === 'password' ? 'set the password of' : operation} a ${type}, or its base is missing; see check --print-acl`,
});

function unwilling(context: FailureContext, diagnostic: string): Verdict {
  if (LOCK_SHORTAGE.test(diagnostic)) {
    return { reason: 'unavailable', text: 'the directory is out of locks; try again', retryAfter: SOON };
  }
  if (context.operation === 'password' || PASSWORD_RULE.test(diagnostic)) return PASSWORD_REFUSED;
  if (context.operation === 'read') return { reason: 'unavailable', text: 'the directory refuses the search' };
  return invalid('the directory refuses this change');
}

function refused(code: number, diagnostic: string, context: FailureContext): Verdict {
  if (code === RESULT.constraintViolation) return constraint(context, diagnostic);
  if (code === RESULT.noSuchObject) return missing(context);
  if (code === RESULT.insufficientAccessRights) return denied(context);
  if (code === RESULT.unwillingToPerform) return unwilling(context, diagnostic);
  if (code === RESULT.entryAlreadyExists) return taken(context.type, context.name);
  return FIXED[code] ?? { reason: 'unavailable', text: `the directory failed with result code ${code}` };
}

function lost(failure: LdapFailure): Verdict {
  const { outcomeUnknown, message, retryAfter = SOON } = failure;
  if (!outcomeUnknown) return { reason: 'unavailable', text: message, retryAfter };
  const text = `the directory did not confirm a change, which may have been made all the same: ${message}`;
  return { reason: 'unavailable', text, retryAfter };
}

/** The failure of a directory as the client is told of it. The server's own words stay in `cause`. */
export function asScimError(failure: LdapFailure, context: FailureContext): ScimError {
  const { code, diagnostic } = failure;
  const { reason, text, retryAfter } = code === undefined ? lost(failure) : refused(code, diagnostic, context);
  // What only the operator can mend names the place.
  const message = reason === 'unavailable' || reason === 'forbidden' ? `LDAP: ${text}` : text;
  return new ScimError(reason, message, {
    cause: failure,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

/**
 * Whether a write without an answer can still be cleared up by reading. Not when it took all the time there was: a
 * second attempt would outlast the request, and its text would never be read.
 */
export const mayLookAgain = (error: unknown): boolean =>
  error instanceof LdapFailure && error.outcomeUnknown && !error.outOfTime;

/** Runs `work`; a failure of the directory becomes a ScimError, everything else passes. */
export async function translated<T>(context: FailureContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof LdapFailure ? asScimError(error, context) : error;
  }
}
