import { setTimeout as wait } from 'node:timers/promises';
import type { JournalQuery, JournalReader, StoredRecord } from '../../journal/journal-store.ts';
import { ScimError } from '../../scim/error.ts';

/** Which records are wanted. */
export type EventFilter = Pick<JournalQuery, 'app' | 'about' | 'outcome' | 'message' | 'since'>;

/** The newest `limit`, the oldest of them first. @throws Error when the journal cannot be read */
export const latestEvents = async (
  reader: JournalReader,
  filter: EventFilter,
  limit: number,
): Promise<readonly StoredRecord[]> =>
  limit === 0 ? [] : (await reader.select({ ...filter, first: 'newest', limit })).toReversed();

/** How often the journal is looked at. Unit: ms. */
const EVERY = 250;
/** Records that are taken at once. */
const BATCH = 500;

export interface Following {
  /** Records up to this one are known. */
  readonly after: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Rests between two looks; for tests. */
  readonly rest?: (signal: AbortSignal) => Promise<void>;
}

const restAWhile = async (signal: AbortSignal): Promise<void> => {
  // Its end is no failure.
  await wait(EVERY, undefined, { signal }).catch(() => undefined);
};

/** Another process has it to itself for a moment, one that starts after a crash; or the database is away. */
const isBusy = (error: unknown): boolean => {
  if (error instanceof ScimError) return error.reason === 'unavailable';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
};

/** What came after `after`, and up to where the journal has been looked through. */
async function look(reader: JournalReader, filter: EventFilter, after: number) {
  try {
    // Asked first: what came up to it is in the answer to the second question, or is not wanted.
    const newest = await reader.last();
    const records = newest > after ? await reader.select({ ...filter, after, limit: BATCH }) : [];
    const last = records.at(-1)?.seq ?? after;
    const isAll = records.length < BATCH;
    return { records, isAll, upTo: isAll ? Math.max(newest, last, after) : last };
  } catch (error) {
    if (isBusy(error)) return { records: [], isAll: true, upTo: after };
    throw error;
  }
}

/**
 * Records as they come, in their order, each once, until `signal`. The journal may be pruned meanwhile, and the service
 * may end and start.
 * @throws Error when the journal cannot be read
 */
export async function* followEvents(
  reader: JournalReader,
  filter: EventFilter,
  { after, signal, rest = restAWhile }: Following,
): AsyncGenerator<readonly StoredRecord[]> {
  let seen = after;
  while (!signal.aborted) {
    const { records, isAll, upTo } = await look(reader, filter, seen);
    seen = upTo;
    if (records.length > 0) yield records;
    if (isAll) await rest(signal);
  }
}
