import type { Connection } from '../connection/connection.ts';

/** A password that has been hashed, none any more, or no change of it. */
export type PasswordChange = { readonly hash: string } | 'removed' | undefined;

export function writePassword(connection: Connection, seq: number, password: PasswordChange): void {
  if (password === undefined) return;
  if (password === 'removed') connection.run('DELETE FROM password WHERE seq = ?', seq);
  else connection.run('INSERT OR REPLACE INTO password VALUES (?, ?)', seq, password.hash);
}
