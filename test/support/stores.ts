import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '../../connector/backend/backend.ts';
import { MemoryBackend } from '../../connector/backend/memory/memory-backend.ts';
import { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';

/** An empty store, not yet open, and what remains to be done when it is closed. */
export interface Store {
  readonly backend: Backend;
  discard(): Promise<void>;
}

/** Every backend that a behaviour seen over HTTP must hold for. */
export const stores: Readonly<Record<string, () => Promise<Store>>> = {
  memory: async () => ({ backend: new MemoryBackend(), discard: async () => {} }),
  sqlite: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connector-'));
    const backend = new SqliteBackend({ file: join(folder, 'people.db'), passwords: 'hash' });
    return { backend, discard: () => rm(folder, { recursive: true, force: true }) };
  },
};
