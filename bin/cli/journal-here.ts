import type { Config } from '../../connector/config/config.ts';
import type { JournalReader } from '../../connector/journal/journal-store.ts';
import { Terminal } from '../terminal/terminal.ts';
import type { GlobalArguments } from './arguments.ts';
import { chosenApps } from './chosen-app.ts';
import { load } from './load.ts';

export interface JournalHere {
  readonly journal: JournalReader;
  /** Configured ones. */
  readonly apps: readonly string[];
  /** Several connectors tell in it. */
  readonly isShared: boolean;
  /** How values of people are kept. */
  readonly values: Config['journal']['values'];
}

/** What the journal of this connector is asked with; it is closed afterwards. */
export async function withJournal<T>(given: GlobalArguments, use: (here: JournalHere) => T | Promise<T>): Promise<T> {
  const { config } = await load(given);
  const { openedJournal } = await import('../../connector/operations/opened-journal.ts');
  const journal = await openedJournal(config);
  try {
    if (journal.caveat !== undefined) new Terminal(given).warn(journal.caveat);
    const apps = await known(config, journal, given['app']);
    const isShared = ((await journal.tellers?.()) ?? 1) > 1;
    return await use({ journal, apps, isShared, values: config.journal.values });
  } finally {
    await journal.close();
  }
}

/** @throws CommandError usage: neither the configuration nor the journal knows the app */
async function known(config: Config, journal: JournalReader, app: unknown): Promise<readonly string[]> {
  if (typeof app === 'string' && (await journal.select({ app, limit: 1 })).length === 0) chosenApps(config, app);
  return config.apps.map(({ name }) => name);
}
