import { SqliteBackend } from '../../../connector/backend/sqlite/sqlite-backend.ts';
import { describeBackend } from '../../conformance/backend.ts';
import { temporaryFile } from './temporary-file.ts';

describeBackend('sqlite', async () => {
  const backend = new SqliteBackend({ file: temporaryFile(), passwords: 'hash' });
  await backend.open();
  return backend;
});
