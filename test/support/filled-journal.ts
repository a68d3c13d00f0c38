import { join } from 'node:path';
import { JournalFile } from '../../connector/journal/file/journal-file.ts';
import type { JournalQuery, JournalReader } from '../../connector/journal/journal-store.ts';
import { makeHash } from '../../connector/journal/values/value-hash.ts';
import { clear, hashing, type Veil } from '../../connector/journal/values/veil.ts';
import { journalRecord, type Wanted } from './journal-record.ts';

/** A journal as commands see it. */
export const readerOf = (journal: JournalFile): JournalReader => ({
  select: async (query: JournalQuery) => journal.select(query),
  last: async () => journal.select({ first: 'newest', limit: 1 })[0]?.seq ?? 0,
  close: async () => undefined,
});

/** Adds records to a journal: each is a change of a title, with what the test wants otherwise and a reference of its own. */
export class FilledJournal extends JournalFile {
  #count = 0;
  #veil: Veil = clear;

  /** @param folder  in which its file lies */
  constructor(folder: string, ...records: readonly Wanted[]) {
    super(join(folder, 'journal.db'));
    this.add(...records);
  }

  /** As with `[journal] values = "hashed"`, from now on. */
  hashValues(folder: string): void {
    this.#veil = hashing(makeHash(join(folder, 'journal.db')));
  }

  get reader(): JournalReader {
    return readerOf(this);
  }

  /** Numbers are the references: `0001`. */
  add(...records: readonly Wanted[]): void {
    const made = records.map((other) => {
      this.#count += 1;
      return this.#veil(journalRecord({ ref: String(this.#count).padStart(4, '0'), ...other }));
    });
    this.write({ records: made, intents: [], told: [] });
  }
}
