import type { StoredChange } from '../../trail.ts';
import type { Moved } from './membership.ts';
import type { PasswordChange } from './password.ts';

const ids = (members: ReadonlyMap<number, string>): readonly string[] => [...members.values()];

/** Who joined and left, for the record of a change. */
export const movement = (moved: Moved | undefined): Pick<StoredChange, 'joined' | 'left'> => ({
  ...(moved?.joined.size ? { joined: ids(moved.joined) } : {}),
  ...(moved?.left.size ? { left: ids(moved.left) } : {}),
});

/** What became of the password, for the record of a change. */
export const passwordIn = (password: PasswordChange): Pick<StoredChange, 'password'> =>
  password === undefined ? {} : { password: password === 'removed' ? 'removed' : 'set' };
