import { JournalFile } from './file/journal-file.ts';
import { journalFile } from './file/open-journal.ts';
import { Journal, type JournalOptions } from './journal.ts';

export interface JournalStart extends Omit<JournalOptions, 'open' | 'name'> {
  readonly stateDir: string;
}

/** The journal of a connector that starts. One that cannot be opened is told of and tried again; it stops nothing. */
export function startJournal({ stateDir, ...options }: JournalStart): Journal {
  const file = journalFile(stateDir);
  return new Journal({ ...options, name: file, open: () => new JournalFile(file) });
}
