import { LdapFailure } from '../directory/ldap-failure.ts';
import type { Modification, Session } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import type { Known, Members } from '../references/known-members.ts';
import type { MemberDelta } from './member-steps.ts';
import { OVERTAKEN } from './write-members.ts';

/**
 * Changes members of a known group in one modify. The server tells the version just before and just after it: when the
 * first is the one the members are known at, they are known at the second too.
 * @param leading  goes with it
 * @returns what is known then; `undefined` when a member was there, or was gone, already, and nothing is written
 */
export async function writeKnownMembers(
  session: Session,
  { membership: { attribute }, profile }: Tree,
  dn: string,
  { add, remove }: MemberDelta,
  { known, after }: { readonly known: Known; readonly after: Members },
  leading: readonly Modification[],
): Promise<{ readonly known?: Known } | undefined> {
  const step = (operation: 'add' | 'delete', values: readonly string[]): Modification[] =>
    values.length === 0 ? [] : [{ operation, attribute, values }];
  const modifications = [...leading, ...step('add', add), ...step('delete', remove)];
  try {
    const versions = await session.modify(dn, modifications, profile.version);
    if (versions?.before !== known.version || versions.after === undefined) return {};
    return { known: { version: versions.after, members: after, readAt: known.readAt } };
  } catch (error) {
    if (error instanceof LdapFailure && OVERTAKEN.has(error.code)) return undefined;
    throw error;
  }
}
