import { ScimError } from '../../../scim/error.ts';
import type { RootDse } from '../directory/session.ts';
import type { DeactivateOptions, UsersOptions } from '../settings/options.ts';
import type { Activation } from './activation.ts';
import { hasPasswordPolicy, type Profile } from './profile.ts';

/** The operator's choice in the words of `Activation`. */
function chosen(options: DeactivateOptions, base: string): Activation {
  if (options === 'none') return { kind: 'none' };
  if ('group' in options) return { kind: 'group', group: options.group };
  if ('move_to' in options) return { kind: 'move', to: options.move_to, from: base };
  return { kind: 'values', inactive: options.set, active: options.active ?? {} };
}

const NONE_OF_ITS_OWN =
  'users.deactivate: this directory has no switch of its own for an account. Choose { set = { employeeType = "inactive" } }, ' +
  '{ group = "cn=disabled,…" }, { move_to = "ou=disabled,…" } or "none"';

/** @throws invalidValue when nothing is configured and the directory offers nothing by itself */
export function chooseActivation(profile: Profile, dse: RootDse, { deactivate, base }: UsersOptions): Activation {
  if (deactivate !== undefined) return chosen(deactivate, base);
  if (profile.activation) return profile.activation;
  // draft-behera-ldap-password-policy §5.3.3: this value locks until an administrator takes it away.
  if (profile.passwordUnlocks && hasPasswordPolicy(dse)) {
    return { kind: 'values', inactive: { pwdAccountLockedTime: '000001010000Z' }, active: {} };
  }
  throw new ScimError('invalidValue', NONE_OF_ITS_OWN, { fault: 'deactivation-not-chosen' });
}
