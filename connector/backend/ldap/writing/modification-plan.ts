import { applyChanges, type Change, isChangeOf } from '../../../scim/change.ts';
import { ScimError } from '../../../scim/error.ts';
import type { Attributes } from '../../../scim/resource.ts';
import type { Entry, Modification, Session } from '../directory/session.ts';
import { activationChanges } from '../layout/activation.ts';
import type { Branch } from '../layout/tree.ts';
import { desiredValues, touchedBy } from '../mapping/desired-values.ts';
import { type Difference, difference } from '../mapping/entry-difference.ts';
import { desiredReferences } from '../references/ids-to-references.ts';
import { checkPassword, liftsLock, lockedPassword, replacePassword, unicodePassword } from './password.ts';
import { refuseTaken } from './uniqueness.ts';
import type { WriteContext } from './write-context.ts';

export const isOfMembers = isChangeOf('members');
const isOfPassword = isChangeOf('password');

/** How the password travels: by itself first, or in the one modify. */
interface PasswordStep {
  readonly apart?: string;
  readonly modifications: readonly Modification[];
}

function passwordStep({ tree }: WriteContext, changes: readonly Change[], active: boolean, was: unknown): PasswordStep {
  const change = changes.findLast((one) => isOfPassword(one) && one.op === 'set');
  if (change?.op !== 'set') return { modifications: [] };
  const password = checkPassword(String(change.value));
  if (tree.passwords === 'unicodePwd')
    return { modifications: [replacePassword('unicodePwd', unicodePassword(password))] };
  if (tree.passwords === 'modify') return { modifications: [replacePassword('userPassword', password)] };
  if (active || !liftsLock(tree)) return { apart: password, modifications: [] };
  return { modifications: lockedPassword(tree.activation, was === false, password) };
}

/** Everything a list of changes means for one entry, its members apart. */
export interface Plan extends Difference {
  readonly wanted: Attributes;
  readonly password: PasswordStep;
  /** Set when the account changes sides. */
  readonly active?: boolean;
}

/** @throws invalidValue, uniqueness; nothing has been written then */
export async function planOf(
  parts: WriteContext,
  session: Session,
  branch: Branch,
  entry: Entry,
  before: Attributes,
  changes: readonly Change[],
): Promise<Plan> {
  const { tree, references } = parts;
  const plain = changes.filter((change) => !isOfMembers(change) && !isOfPassword(change));
  const wanted = applyChanges(before, plain);
  const natural = branch.type.naturalKey;
  if (wanted[natural] === undefined || wanted[natural] === '')
    throw new ScimError('invalidValue', `${natural} is required`);
  const concerns = touchedBy(branch.table, plain);
  const desired = [
    ...desiredValues(branch.table, wanted, concerns),
    ...(await desiredReferences(session, references, tree, branch, wanted, concerns)),
  ];
  const [was, is] = [branch.rdn.value.render(before), branch.rdn.value.render(wanted)];
  const renamed = is !== undefined && is !== was ? { attribute: branch.rdn.attribute, value: is } : undefined;
  const changed = difference(entry, desired, renamed);
  if (wanted[natural] !== before[natural]) await refuseTaken(parts, session, branch, String(wanted[natural]), entry.dn);
  const switched = wanted['active'] !== undefined && wanted['active'] !== before['active'];
  const active = wanted['active'] !== false;
  const password = passwordStep(parts, changes, active, before['active']);
  // A lock that goes with a password is written there.
  const apart = switched && !(password.modifications.length > 1);
  const switching = apart ? activationChanges(tree.activation, entry, active) : [];
  return {
    ...changed,
    modifications: [...switching, ...password.modifications, ...changed.modifications],
    wanted,
    password,
    ...(switched ? { active } : {}),
  };
}
