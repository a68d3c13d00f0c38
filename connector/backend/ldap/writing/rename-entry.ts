import { ScimError } from '../../../scim/error.ts';
import { parentOf, rdnText } from '../directory/dn.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Session } from '../directory/session.ts';

/** Measured on 389 2.3.1: its attribute uniqueness plug-in fails on such a name, whatever the new one is. */
const CANNOT_RENAME =
  'the directory cannot rename this entry: 389 Directory Server fails where a name holds , + " \\ < > ; = # ' +
  'or ends with a blank; rename it with the attribute uniqueness plug-in off';

async function rename(session: Session, dn: string, rdn: string): Promise<string> {
  const parent = parentOf(dn);
  try {
    await session.rename(dn, rdn);
  } catch (error) {
    if (!(error instanceof LdapFailure) || error.code !== RESULT.operationsError) throw error;
    throw new ScimError('invalidValue', CANNOT_RENAME, { fault: 'rename-not-possible', cause: error });
  }
  return parent === '' ? rdn : `${rdn},${parent}`;
}

/**
 * Renames; when what follows is refused, the old name comes back, so that nothing has changed.
 * @param rdn  absent: the name stays
 * @param then  is told the DN of the entry
 */
export async function renamed<T>(
  session: Session,
  dn: string,
  rdn: string | undefined,
  then: (dn: string) => Promise<T>,
): Promise<{ readonly dn: string; readonly result: T }> {
  if (rdn === undefined) return { dn, result: await then(dn) };
  const next = await rename(session, dn, rdn);
  try {
    return { dn: next, result: await then(next) };
  } catch (error) {
    // Lost connections tell nothing: the next attempt reads what became of it.
    if (error instanceof LdapFailure && error.code !== undefined) await session.rename(next, rdnText(dn));
    throw error;
  }
}
