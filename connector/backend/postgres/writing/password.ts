import type { Session } from '../../../postgres/session.ts';

/** A password that has been hashed, none any more, or no change of it. */
export type PasswordChange = { readonly hash: string } | 'removed' | undefined;

const WRITE =
  'INSERT INTO scim.password (seq, hash) VALUES ($1, $2) ON CONFLICT (seq) DO UPDATE SET hash = excluded.hash';

export async function writePassword(session: Session, seq: number, password: PasswordChange): Promise<void> {
  if (password === undefined) return;
  if (password === 'removed') await session.run('DELETE FROM scim.password WHERE seq = $1', seq);
  else await session.run(WRITE, seq, password.hash);
}
