import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { entryOf } from '../../connector/journal/entry.ts';
import { JournalFile } from '../../connector/journal/file/journal-file.ts';
import { verifyAudit } from '../../connector/operations/audit/audit-log.ts';
import { openedJournal } from '../../connector/operations/opened-journal.ts';
import { OperationError } from '../../connector/operations/operation-error.ts';
import { journalRecord } from '../support/journal-record.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a journal that is damaged', () => {
  const folder = temporaryFolder();

  it('is said to be, with what to do, whatever asks it', async () => {
    const file = join(folder.path, 'journal.db');
    const key = Buffer.alloc(32, 7);
    const store = new JournalFile(file, key);
    for (let i = 0; i < 500; i += 1)
      store.write({ records: [entryOf(journalRecord({ ref: `AAAA-${i}` }))], intents: [], told: [] });
    store.close();
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(300_000, 0x55), 0, 300_000, 4096 * 2);
    closeSync(handle);
    const config = { state_dir: folder.path, journal: { enabled: true }, state: { backend: 'files' } } as Parameters<
      typeof openedJournal
    >[0];
    const asked: readonly (() => Promise<unknown>)[] = [
      async () => (await openedJournal(config)).select({ about: 'jdoe@example.com' }),
      async () => (await openedJournal(config)).select({ ref: 'AAAA-1' }),
      async () => verifyAudit({ stateDir: folder.path, key }, ''),
    ];
    for (const ask of asked) {
      const failure = await ask().catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(OperationError);
      expect(String(failure)).to.contain('it is damaged; stop the service, move journal.db');
    }
  });
});
