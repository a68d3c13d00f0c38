import { createHash, randomBytes } from 'node:crypto';
import { ScimError } from '../../../scim/error.ts';
import type { Modification } from '../directory/session.ts';
import { type Activation, activationChanges } from '../layout/activation.ts';
import type { Tree } from '../layout/tree.ts';

/** unicodePwd: the password in quotes, UTF-16LE (MS-ADTS §3.1.1.3.1.5.1). */
export const unicodePassword = (password: string): Buffer => Buffer.from(`"${password}"`, 'utf16le');

/**
 * A value that a directory stores as it is, for the one case where it must be written together with a lock and the
 * server may not hash by itself: OpenLDAP's own default scheme.
 */
function saltedHash(password: string): string {
  const salt = randomBytes(16);
  const digest = createHash('sha1').update(password, 'utf8').update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
}

/** @throws invalidValue for what every directory refuses or misreads */
export function checkPassword(password: string): string {
  if (password === '') throw new ScimError('invalidValue', 'password must not be empty', { fault: 'password-empty' });
  if (password.includes('\0'))
    throw new ScimError('invalidValue', 'password must not hold a NUL character', { fault: 'password-empty' });
  return password;
}

export const replacePassword = (attribute: 'userPassword' | 'unicodePwd', value: string | Buffer): Modification => ({
  operation: 'replace',
  attribute,
  values: [value],
});

/** Whether the attribute that means "inactive" is one that a password set takes away. */
export const liftsLock = ({ profile, activation }: Tree): boolean =>
  profile.passwordUnlocks &&
  activation.kind === 'values' &&
  Object.keys(activation.inactive).some((name) => name.toLowerCase() === 'pwdaccountlockedtime');

/**
 * A new password for an account that stays locked, in one modify. OpenLDAP's ppolicy takes the lock of a locked entry
 * away with every password, unless the same modify deletes it explicitly; then it can be added again (measured on
 * 2.5.13: a plain replace of the lock is lost).
 * @param locked  whether the lock is in the entry now
 */
export function lockedPassword(activation: Activation, locked: boolean, password: string): Modification[] {
  const lock = activationChanges(activation, undefined, false);
  const anew = lock.flatMap(({ attribute, values }): Modification[] => [
    { operation: 'delete', attribute, values: [] },
    { operation: 'add', attribute, values },
  ]);
  return [...(locked ? anew : lock), replacePassword('userPassword', saltedHash(password))];
}
