import type { Config } from '../../config/config.ts';
import type { JournalReader, StoredRecord } from '../../journal/journal-store.ts';
import { MESSAGES } from '../../service/okta-message.ts';
import { openedJournal } from '../opened-journal.ts';
import { OperationError } from '../operation-error.ts';

/** Records that are looked at: incremental imports and tries of other tools come between. */
const MOST = 500;

/** The last time that somebody was sent everybody. */
export interface LastImport {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly ref: string;
  /** People, inactive ones too. */
  readonly users: number;
  readonly pages: number;
  /** From the first page to the last. Unit: ms. */
  readonly duration: number;
  /** What the store took of it. Unit: ms. */
  readonly backendDuration: number;
}

/** Or why it is not known. */
export type KnownImport = { readonly last: LastImport } | { readonly unknown: string };

const isWhole = ({ intent, outcome, since, total }: StoredRecord): boolean =>
  intent === 'import' && outcome === 'done' && since === undefined && total !== undefined;

/** The last full import of users that was served to its end, as the journal has it. */
export async function lastImport(config: Config, app: string): Promise<KnownImport> {
  let journal: JournalReader;
  try {
    journal = await openedJournal(config);
  } catch (error) {
    if (error instanceof OperationError) return { unknown: error.message };
    throw error;
  }
  try {
    const query = { app, message: MESSAGES.User.read.list, first: 'newest', limit: MOST } as const;
    const found = (await journal.select(query)).find(isWhole);
    if (!found) return { unknown: 'the journal knows of no whole import of users that Okta was served' };
    const { time, ref, total: users = 0, pages = 0, duration, backendDuration } = found;
    return { last: { time, ref, users, pages, duration, backendDuration } };
  } catch (error) {
    if (error instanceof OperationError) return { unknown: error.message };
    throw error;
  } finally {
    await journal.close();
  }
}
