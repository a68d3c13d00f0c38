import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '../../connector/backend/backend.ts';
import { PostgresBackend } from '../../connector/backend/postgres/postgres-backend.ts';
import { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import { MemoryBackend } from '../conformance/memory/memory-backend.ts';
import { peopleDatabase } from './postgres/people-database.ts';
import type { StoreName } from './start-server.ts';

/** An empty store, not yet open, and what remains to be done when it is closed. */
export interface Store {
  readonly backend: Backend;
  discard(): Promise<void>;
}

export const keeping = (backend: Backend): Store => ({ backend, discard: async () => {} });

export const makeStore: Readonly<Record<StoreName, () => Promise<Store>>> = {
  memory: async () => keeping(new MemoryBackend()),
  sqlite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connector-'));
    const backend = new SqliteBackend({ file: join(folder, 'people.db'), passwords: 'hash' });
    return { backend, discard: () => rm(folder, { recursive: true, force: true }) };
  },
  postgres: async () => {
    const { settings, giveBack } = await peopleDatabase();
    return { backend: new PostgresBackend(settings), discard: giveBack };
  },
};
