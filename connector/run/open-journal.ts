import type { Config } from '../config/config.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';
import { noticesTo } from '../log/notices.ts';

/** Loaded only where one is kept. */
export async function openJournal({ state_dir, journal }: Config, log: Log): Promise<Journal | undefined> {
  if (!journal.enabled) return undefined;
  const { startJournal } = await import('../journal/start-journal.ts');
  const { values, max_age, max_size } = journal;
  return startJournal({ stateDir: state_dir, values, maxAge: max_age, maxSize: max_size, log: noticesTo(log) });
}
