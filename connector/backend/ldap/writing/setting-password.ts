import { ScimError } from '../../../scim/error.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { isPasswordRefusal, passwordRefusal } from '../directory/password-refusal.ts';
import type { Session } from '../directory/session.ts';
import { readPasswordRules } from '../layout/password-rules.ts';
import type { Tree } from '../layout/tree.ts';

/** Runs what may set a password. @throws invalidValue with the rule that the password breaks, as far as that can be known */
export async function settingPassword<T>(session: Session, tree: Tree, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof LdapFailure) || !isPasswordRefusal(error)) throw error;
    const { fault, reason, text } = passwordRefusal(error, await readPasswordRules(session, tree));
    throw new ScimError(reason, text, { fault, cause: error });
  }
}
