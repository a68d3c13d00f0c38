import type { Alarms } from '../log/notices.ts';
import { JournalFile } from './file/journal-file.ts';
import { journalFile } from './file/open-journal.ts';
import { Journal } from './journal.ts';

export interface JournalStart {
  readonly stateDir: string;
  readonly maxAge: number;
  readonly maxSize: number;
  readonly log: Alarms;
}

/** The journal of a connector that starts; undefined where it cannot be opened, which is told and stops nothing. */
export function startJournal({ stateDir, ...options }: JournalStart): Journal | undefined {
  const file = journalFile(stateDir);
  try {
    return new Journal({ ...options, store: new JournalFile(file) });
  } catch (error) {
    options.log.error(`${file}: no journal is kept: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
