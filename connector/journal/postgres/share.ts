import type { Alarms } from '../../log/notices.ts';
import type { Database } from '../../postgres/database.ts';
import type { StartCopying } from '../copying.ts';
import type { Bounds } from '../pruning.ts';
import { Copier } from './copier.ts';
import { SharedJournal, type Teller } from './shared-journal.ts';
import { SharedPruning } from './shared-pruning.ts';

/** Of what is taken back at once. Unit: ms. */
const DEADLINE = 10_000;

/** Has a journal copied to the database that connectors share, and kept within its bounds there. */
export const sharedIn =
  (database: Database, teller: Teller, bounds: Bounds, log: Alarms): StartCopying =>
  (store) => {
    const shared = new SharedJournal(database, teller);
    // Another has told what this one could not any more: it belongs into this one's file, too.
    const takeBack = async (): Promise<void> => {
      const carried = await shared.adopted({ signal: AbortSignal.timeout(DEADLINE) });
      if (carried.length > 0) store()?.write({ records: [], carried, intents: [], told: [] });
    };
    const copier = new Copier({ store, shared, log, onReached: takeBack });
    const pruning = new SharedPruning(shared, bounds);
    return {
      wake: () => copier.wake(),
      rest: () => copier.rest(),
      close: () => {
        pruning.close();
        copier.close();
      },
      get health() {
        return copier.health;
      },
    };
  };
