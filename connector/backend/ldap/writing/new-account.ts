import { translated } from '../directory/ldap-errors.ts';
import { LdapFailure } from '../directory/ldap-failure.ts';
import { RESULT } from '../directory/result-code.ts';
import type { Session } from '../directory/session.ts';
import { ACCOUNT_CONTROL, activationChanges, DISABLED_ACCOUNT } from '../layout/activation.ts';
import type { Tree } from '../layout/tree.ts';
import type { Work } from '../layout/work.ts';
import type { Draft, NewEntry } from './draft.ts';
import { liftsLock, lockedPassword, unicodePassword } from './password.ts';
import { settingPassword } from './setting-password.ts';
import { switchAccount } from './switch-account.ts';

/** The account's switch and its password, as far as they are part of the new entry itself. */
export function accountValues({ activation, passwords }: Tree, { password, active }: Draft): NewEntry {
  const values: NewEntry = {};
  const writes =
    active && activation.kind !== 'account-control' ? [] : activationChanges(activation, undefined, active);
  for (const { attribute, values: list } of writes) if (list.length > 0) values[attribute] = list;
  if (activation.kind === 'values' && active) {
    for (const [attribute, value] of Object.entries(activation.active)) values[attribute] = [value];
  }
  if (password === undefined) return values;
  if (passwords === 'unicodePwd') values['unicodePwd'] = [unicodePassword(password)];
  if (passwords === 'modify') values['userPassword'] = [password];
  return values;
}

export async function addEntry(session: Session, dn: string, entry: NewEntry): Promise<void> {
  try {
    await session.add(dn, entry);
  } catch (error) {
    // Active Directory enables nobody without a password that its policy likes: made inactive, and shown so.
    const enabling = entry[ACCOUNT_CONTROL] !== undefined && entry['unicodePwd'] === undefined;
    if (!(error instanceof LdapFailure) || error.code !== RESULT.unwillingToPerform || !enabling) throw error;
    await session.add(dn, { ...entry, [ACCOUNT_CONTROL]: [DISABLED_ACCOUNT] });
  }
}

/** What cannot be in the add: RFC 3062 passwords, groups and places that mean "inactive". @returns the DN then */
export async function finishAccount(
  tree: Tree,
  { session, branch }: Work,
  { dn, password, active }: Draft,
): Promise<string> {
  if (password !== undefined && tree.passwords === 'exop') {
    const locks = !active && liftsLock(tree);
    const set = (): Promise<unknown> =>
      locks ? session.modify(dn, lockedPassword(tree.activation, true, password)) : session.setPassword(dn, password);
    await translated({ operation: 'password', type: branch.type.name }, () => settingPassword(session, tree, set));
  }
  return active || tree.activation.kind === 'move' ? dn : switchAccount(session, tree, dn, false);
}
