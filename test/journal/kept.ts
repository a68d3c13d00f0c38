import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteBackend } from '../../connector/backend/sqlite/sqlite-backend.ts';
import { JournalFile } from '../../connector/journal/file/journal-file.ts';
import { Journal } from '../../connector/journal/journal.ts';
import type { StoredRecord } from '../../connector/journal/journal-store.ts';
import { startInProcess } from '../support/in-process-server.ts';
import { recordsIn } from '../support/records-in.ts';
import type { StartOptions, TestServer } from '../support/start-server.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface KeptServer extends TestServer {
  /** All that the journal holds by now, the oldest first. */
  records(): readonly StoredRecord[];
  /** Those that the journal consists of. */
  files(): readonly string[];
  /** What has waited beside the changes. */
  outbox(): Promise<readonly string[]>;
}

/** A connector in the process of the tests that keeps a journal. */
export async function startKept(options: StartOptions = {}): Promise<KeptServer> {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  const file = join(folder, 'journal.db');
  const journal = new Journal({
    open: () => new JournalFile(file),
    name: file,
    log: quiet,
    maxAge: 86_400_000,
    maxSize: 2 ** 30,
  });
  const backend = new SqliteBackend({ file: join(folder, 'people.db'), passwords: 'hash' });
  const server = await startInProcess({ backend, ...options, observer: journal, trails: journal });
  return {
    ...server,
    records: () => {
      journal.flush();
      return recordsIn(file);
    },
    files: () => [file, `${file}-wal`],
    outbox: async () => (await backend.outbox.waiting(1000)).map(({ text }) => text),
    close: async () => {
      await server.close();
      journal.close();
      rmSync(folder, { recursive: true });
    },
  };
}
