import type { StoredChange } from '../../trail.ts';
import type { Connection } from '../connection/connection.ts';
import { idsOf, type Moved } from './membership.ts';
import type { PasswordChange } from './password.ts';

/** Who joined and left, for the record of a change. */
export function movement(connection: Connection, moved: Moved | false): Pick<StoredChange, 'joined' | 'left'> {
  if (!moved) return {};
  const { joined, left, names } = moved;
  return {
    ...(joined.length > 0 ? { joined: idsOf(connection, joined, names) } : {}),
    ...(left.length > 0 ? { left: idsOf(connection, left, names) } : {}),
  };
}

/** What became of the password, for the record of a change. */
export const passwordIn = (password: PasswordChange): Pick<StoredChange, 'password'> =>
  password === undefined ? {} : { password: password === 'removed' ? 'removed' : 'set' };
