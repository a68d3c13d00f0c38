import { type Change, isChangeOf } from '../../../scim/change.ts';
import type { Modification } from '../directory/session.ts';
import type { Tree } from '../layout/tree.ts';
import { checkPassword, liftsLock, lockedPassword, replacePassword, unicodePassword } from './password.ts';

export const isOfPassword = isChangeOf('password');

/** How a new password travels: by an operation of its own (RFC 3062), or in the one modify. */
export interface PasswordStep {
  readonly apart?: string;
  readonly modifications: readonly Modification[];
  /** The modifications write the account's lock as well. */
  readonly locks?: true;
}

/** @param after  whether the account shall be active  @param before  whether it is. @throws invalidValue */
export function passwordStep(tree: Tree, changes: readonly Change[], after: boolean, before: unknown): PasswordStep {
  const change = changes.findLast((one) => isOfPassword(one) && one.op === 'set');
  if (change?.op !== 'set') return { modifications: [] };
  const password = checkPassword(String(change.value));
  if (tree.passwords === 'unicodePwd')
    return { modifications: [replacePassword('unicodePwd', unicodePassword(password))] };
  if (tree.passwords === 'modify') return { modifications: [replacePassword('userPassword', password)] };
  if (after || !liftsLock(tree)) return { apart: password, modifications: [] };
  return { modifications: lockedPassword(tree.activation, before === false, password), locks: true };
}
