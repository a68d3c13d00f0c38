import { JournalFile } from './file/journal-file.ts';
import { journalFile } from './file/open-journal.ts';
import { Journal, type JournalOptions } from './journal.ts';
import { makeHash } from './values/value-hash.ts';
import { clear, hashing, leavingOut, type Veil } from './values/veil.ts';

export interface JournalStart extends Omit<JournalOptions, 'open' | 'name' | 'veil'> {
  readonly stateDir: string;
  /** How values of people are kept. */
  readonly values: 'clear' | 'hashed' | 'none';
  /** What this connector is called among those that share a database. */
  readonly node?: string;
  /** Of the audit log; without it none is kept. */
  readonly auditKey?: Buffer;
}

function veilOf(values: JournalStart['values'], file: string, log: JournalOptions['log']): Veil {
  if (values !== 'hashed') return values === 'clear' ? clear : leavingOut;
  try {
    return hashing(makeHash(file));
  } catch (error) {
    log.error(`${file}: values are left out: ${error instanceof Error ? error.message : String(error)}`);
    return leavingOut;
  }
}

/** The journal of a connector that starts. One that cannot be opened is told of and tried again; it stops nothing. */
export function startJournal({ stateDir, values, auditKey, node, ...options }: JournalStart): Journal {
  const file = journalFile(stateDir);
  const plain = veilOf(values, file, options.log);
  const veil: Veil = node === undefined ? plain : (record, key) => plain({ node, ...record }, key);
  return new Journal({ ...options, veil, name: file, open: () => new JournalFile(file, auditKey) });
}
