import { join } from 'node:path';
import type { Entry } from '../../../connector/journal/entry.ts';
import { entryOf } from '../../../connector/journal/entry.ts';
import { JournalFile } from '../../../connector/journal/file/journal-file.ts';
import { Copier, type CopierOptions } from '../../../connector/journal/postgres/copier.ts';
import { SharedJournal } from '../../../connector/journal/postgres/shared-journal.ts';
import { SharedJournalReader } from '../../../connector/journal/postgres/shared-journal-reader.ts';
import { Database } from '../../../connector/postgres/database.ts';
import { migrate } from '../../../connector/postgres/migrate.ts';
import { STEPS } from '../../../connector/shared-state/steps.ts';
import { journalRecord, type Wanted } from '../../support/journal-record.ts';
import type { FreshDatabase } from '../../support/postgres/fresh-database.ts';

export const SCHEMA = 'scim_state';

export const caller = () => ({ signal: AbortSignal.timeout(10_000) });

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A database that connectors share, with its tables. */
export async function sharedDatabase({ settings }: Pick<FreshDatabase, 'settings'>): Promise<Database> {
  const database = new Database(settings, { schema: SCHEMA, deadline: 5000 });
  await migrate(database, caller(), SCHEMA, STEPS);
  return database;
}

/** The journal of one of several connectors, in the process of the tests. */
export class JournalNode {
  readonly shared: SharedJournal;
  readonly name: string;
  file: JournalFile;
  readonly #place: string;

  constructor(database: Database, folder: string, name: string) {
    this.name = name;
    this.shared = new SharedJournal(database, { node: `id of ${name}`, name });
    this.#place = join(folder, `${name}.db`);
    this.file = new JournalFile(this.#place);
  }

  /** @param key  of one that is told anew */
  write(other: Wanted, key?: string): Entry {
    const entry = entryOf(journalRecord({ node: this.name, ...other }), key);
    this.file.write({ records: [entry], intents: [], told: [] });
    return entry;
  }

  /** As after a restart. */
  reopen(): void {
    this.file.close();
    this.file = new JournalFile(this.#place);
  }

  copier(other: Partial<CopierOptions> = {}): Copier {
    return new Copier({ store: () => this.file, shared: this.shared, log: quiet, ...other });
  }

  /** Everything that is there by now, by a copier of its own. */
  async copy(other: Partial<CopierOptions> = {}): Promise<void> {
    const copier = this.copier(other);
    await copier.rest();
    copier.close();
  }
}

export const refsIn = async (database: Database): Promise<readonly string[]> =>
  (await new SharedJournalReader(database).select({ after: 0, limit: 100_000 })).map(({ ref }) => ref);
