import type { App, Config } from '../../config/config.ts';
import type { JournalRecord } from '../../journal/record.ts';

/** How long the connector has taken lately, as Okta waited for it. */
export interface Measured {
  /** Requests that were looked at. */
  readonly requests: number;
  /** 99 of 100 took no longer. Unit: ms. */
  readonly p99: number;
}

/** Records that are looked at, the latest. */
const MOST = 1000;
/** Fewer say nothing of the slowest of a hundred. */
const LEAST = 100;

/** An import's record also has what Okta did between its pages: the store's part is ours. */
const timeOf = ({ duration, backendDuration, pages }: JournalRecord): number =>
  pages === undefined ? duration : backendDuration / Math.max(1, pages);

/** From the journal; undefined where there is none, or too little in it. An import counts as its average page. */
export async function measured(config: Config, { name }: App): Promise<Measured | undefined> {
  try {
    // SQLite comes with it, and a sheet without a journal needs none.
    const { openedJournal } = await import('../opened-journal.ts');
    const journal = await openedJournal(config);
    try {
      const records = await journal.select({ app: name, outcome: ['done'], first: 'newest', limit: MOST });
      const times = records.map(timeOf).sort((a, b) => a - b);
      const p99 = times[Math.ceil(times.length * 0.99) - 1];
      return times.length < LEAST || p99 === undefined ? undefined : { requests: times.length, p99: Math.ceil(p99) };
    } finally {
      await journal.close();
    }
  } catch {
    // A sheet is printed before there is a journal, too.
    return undefined;
  }
}
