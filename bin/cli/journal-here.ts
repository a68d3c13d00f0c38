import type { Config } from '../../connector/config/config.ts';
import type { JournalReader } from '../../connector/journal/journal-store.ts';
import type { GlobalArguments } from './arguments.ts';
import { chosenApps } from './chosen-app.ts';
import { load } from './load.ts';

export interface JournalHere {
  readonly journal: JournalReader;
  /** Configured ones. */
  readonly apps: readonly string[];
  /** How values of people are kept. */
  readonly values: Config['journal']['values'];
}

/** What the journal of this connector is asked with; it is closed afterwards. */
export async function withJournal<T>(given: GlobalArguments, use: (here: JournalHere) => T | Promise<T>): Promise<T> {
  const { config } = await load(given);
  const { openedJournal } = await import('../../connector/operations/opened-journal.ts');
  const journal = await openedJournal(config);
  try {
    return await use({ journal, apps: await known(config, journal, given['app']), values: config.journal.values });
  } finally {
    await journal.close();
  }
}

/** @throws CommandError usage: neither the configuration nor the journal knows the app */
async function known(config: Config, journal: JournalReader, app: unknown): Promise<readonly string[]> {
  if (typeof app === 'string' && (await journal.select({ app, limit: 1 })).length === 0) chosenApps(config, app);
  return config.apps.map(({ name }) => name);
}
