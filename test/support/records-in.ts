import { openForReading } from '../../connector/journal/file/open-journal.ts';
import { select } from '../../connector/journal/file/select.ts';
import type { JournalQuery, StoredRecord } from '../../connector/journal/journal-store.ts';
import { hashesOf } from '../../connector/journal/values/value-hash.ts';

/** All that is asked for of the journal in a file, the oldest first, whoever has it open. */
export function recordsIn(file: string, query: JournalQuery = {}): readonly StoredRecord[] {
  const db = openForReading(file);
  try {
    return select(db, { limit: 1_000_000, ...query }, hashesOf(file));
  } finally {
    db.close();
  }
}
