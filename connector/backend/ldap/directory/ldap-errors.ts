import { ScimError, shown } from '../../../scim/error.ts';
import { type Glossary, NO_GLOSSARY } from './glossary.ts';
import { LdapFailure } from './ldap-failure.ts';
import { isLockShortage } from './lock-shortage.ts';
import { isPasswordRefusal, passwordRefusal } from './password-refusal.ts';
import { refusal } from './refusal.ts';
import { RESULT } from './result-code.ts';
import { FIXED, invalid, SOON, type Verdict } from './verdict.ts';

export interface FailureContext {
  readonly operation: 'read' | 'create' | 'modify' | 'rename' | 'delete' | 'password';
  /** `User`, `Group`. */
  readonly type: string;
  /** The SCIM id, where one resource is meant. */
  readonly id?: string;
  /** How the attributes are called in texts. */
  readonly glossary?: Glossary;
}

function missing({ operation, type, id }: FailureContext): Verdict {
  if (id !== undefined && operation !== 'create')
    return { fault: 'id-unknown', reason: 'notFound', text: `${type} ${shown(id)} not found` };
  return {
    fault: 'directory-base-missing',
    reason: 'unavailable',
    text: `the place for each ${type} is not in the directory, or the service account may not see it; check the base`,
  };
}

const denied = ({ operation, type }: FailureContext): Verdict => ({
  fault: 'directory-access-denied',
  reason: 'forbidden',
  text: `the service account may not ${operation === 'password' ? 'set the password of' : operation} a ${type}, or its base is missing; see check --print-acl`,
});

const OUT_OF_LOCKS: Verdict = {
  fault: 'directory-busy',
  reason: 'unavailable',
  text: 'the directory is out of locks; try again',
  retryAfter: SOON,
};

function unwilling({ operation }: FailureContext): Verdict {
  if (operation === 'read')
    return { fault: 'directory-failed', reason: 'unavailable', text: 'the directory refuses the search' };
  return invalid('change-refused', 'the directory refuses this change');
}

const BREAKS_RULE = invalid(
  'value-breaks-rule',
  'a value breaks a rule of the directory, its length, form or number: the directory does not say which',
);

function refused(code: number, failure: LdapFailure, context: FailureContext): Verdict {
  if (isPasswordRefusal(failure)) return passwordRefusal(failure);
  const known = refusal(failure, context.glossary ?? NO_GLOSSARY);
  if (known) return known;
  if (code === RESULT.constraintViolation) return BREAKS_RULE;
  if (code === RESULT.noSuchObject) return missing(context);
  if (code === RESULT.insufficientAccessRights) return denied(context);
  if (code === RESULT.unwillingToPerform) return unwilling(context);
  return (
    FIXED[code] ?? {
      fault: 'directory-failed',
      reason: 'unavailable',
      text: `the directory failed with result code ${code}`,
    }
  );
}

/** No answer came, or no connection. When to come back is said of what passes by itself. */
function lost(failure: LdapFailure): Verdict {
  const { outcomeUnknown, message, retryAfter = SOON, lasting, fault = 'directory-unreachable' } = failure;
  if (lasting) return { fault, reason: 'unavailable', text: message };
  if (!outcomeUnknown) return { fault, reason: 'unavailable', text: message, retryAfter };
  const text = `the directory did not confirm a change, which may have been made all the same: ${message}`;
  return { fault: 'directory-change-unconfirmed', reason: 'unavailable', text, retryAfter };
}

function verdictOn(failure: LdapFailure, context: FailureContext): Verdict {
  if (failure.code === undefined || failure.lasting) return lost(failure);
  return isLockShortage(failure) ? OUT_OF_LOCKS : refused(failure.code, failure, context);
}

/** The failure of a directory as the client is told of it. The server's own words stay in `cause`. */
export function asScimError(failure: LdapFailure, context: FailureContext): ScimError {
  const { fault, reason, text, retryAfter } = verdictOn(failure, context);
  // What only the operator can mend names the place.
  const message = reason === 'unavailable' || reason === 'forbidden' ? `LDAP: ${text}` : text;
  return new ScimError(reason, message, { fault, cause: failure, ...(retryAfter === undefined ? {} : { retryAfter }) });
}

/** Runs `work`; a failure of the directory becomes a ScimError, everything else passes. */
export async function translated<T>(context: FailureContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof LdapFailure ? asScimError(error, context) : error;
  }
}
