import { type Reason, ScimError, shown } from '../../scim/error.ts';
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

/** How OpenLDAP (unique overlay), 389 (attribute uniqueness) and Active Directory word a conflict in code 19. */
const NOT_UNIQUE = /non-unique attributes|same attribute value already exists|already in use/i;
/** Active Directory: ERROR_PASSWORD_RESTRICTION in code 19 and 53. */
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

const FIXED: Readonly<Record<number, Verdict>> = {
  3: limit('time limit'),
  4: limit('size limit'),
  11: limit('look-through limit'),
  7: REFUSED_BIND,
  8: REFUSED_BIND,
  13: REFUSED_BIND,
  48: REFUSED_BIND,
  49: REFUSED_BIND,
  10: { reason: 'unavailable', text: 'this directory server is read-only; put a writable one first in urls' },
  12: { reason: 'unavailable', text: 'the directory does not support a control that the connector needs' },
  16: {
    reason: 'invalidValue',
    text: 'an attribute or value that was to be removed is not there, or its type is unknown',
  },
  17: { reason: 'invalidValue', text: "an attribute is not in the directory's schema; check the mapping" },
  18: { reason: 'invalidValue', text: 'an attribute cannot be compared in this way; check the mapping' },
  20: { reason: 'invalidValue', text: 'a value is given twice or is already there' },
  21: { reason: 'invalidValue', text: 'a value does not have the form that the directory asks for' },
  34: { reason: 'invalidValue', text: 'a value cannot be part of a name in the directory' },
  51: { reason: 'unavailable', text: 'the directory is busy; try again', retryAfter: SOON },
  52: { reason: 'unavailable', text: 'the directory is not available now; try again', retryAfter: SOON },
  64: { reason: 'invalidValue', text: "the entry's name does not fit its attributes; check the RDN template" },
  65: { reason: 'invalidValue', text: 'the entry would break the schema: an attribute is missing or not allowed' },
  66: { reason: 'conflict', text: 'the entry has entries below it; remove them first' },
  67: { reason: 'invalidValue', text: 'the attribute that names the entry cannot be changed in this way' },
  69: { reason: 'invalidValue', text: "the entry's structural object class cannot be changed" },
  71: { reason: 'invalidValue', text: 'the entry cannot be moved to another server' },
  122: { reason: 'versionMismatch', text: 'the entry has changed since it was last retrieved' },
};

function constraint({ operation, type, name }: FailureContext, diagnostic: string): Verdict {
  if (NOT_UNIQUE.test(diagnostic)) return taken(type, name);
  if (operation === 'password' || PASSWORD_RULE.test(diagnostic)) return PASSWORD_REFUSED;
  return { reason: 'invalidValue', text: 'a value breaks a rule of the directory: its length, form or number' };
}

const PASSWORD_REFUSED: Verdict = {
  reason: 'invalidValue',
  text: 'password does not meet the rules of the directory: its length, characters, history or age',
};

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
  return { reason: 'invalidValue', text: 'the directory refuses this change' };
}

function refused(code: number, diagnostic: string, context: FailureContext): Verdict {
  if (code === 19) return constraint(context, diagnostic);
  if (code === 32) return missing(context);
  if (code === 50) return denied(context);
  if (code === 53) return unwilling(context, diagnostic);
  if (code === 68) return taken(context.type, context.name);
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
