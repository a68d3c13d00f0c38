import type { Config } from '../config/config.ts';
import { SharedJournalReader } from '../journal/postgres/shared-journal-reader.ts';
import { hashesOf } from '../journal/values/value-hash.ts';
import { openSharedState } from '../shared-state/open-shared-state.ts';

/**
 * The journal of all connectors that share a database. To be closed.
 * @param file  of this connector's own: its key for values lies beside it
 * @throws unavailable
 */
export async function openedSharedJournal(
  config: Pick<Config, 'state' | 'state_dir'>,
  file: string,
): Promise<SharedJournalReader> {
  const shared = await openSharedState(config);
  if (!shared) throw new Error('no database is shared');
  return new SharedJournalReader(shared.database, hashesOf(file));
}
