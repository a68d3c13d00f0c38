import { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import { call, everyone } from '../../conformance/company.ts';
import { Group, User } from '../../conformance/people.ts';

export async function opened(file: string): Promise<SqliteBackend> {
  const backend = new SqliteBackend({ file, passwords: 'hash' });
  await backend.open();
  return backend;
}

/** Users and groups with all that clients see of them. */
export const everything = async (backend: SqliteBackend): Promise<unknown> => [
  await backend.list(call, User, everyone),
  await backend.list(call, Group, everyone),
];
