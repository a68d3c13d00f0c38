import type { JournalReader, StoredRecord } from '../../journal/journal-store.ts';
import { inOrder } from '../../journal/record-order.ts';
import { type Traced, traced } from './traced.ts';
import { type WhyNone, whyNone } from './why-none.ts';

export interface TraceQuestion {
  /** `userName`, `displayName`, id or e-mail address, of now or before. */
  readonly who: string;
  readonly app?: string | undefined;
  /** ms since 1970. */
  readonly since?: number | undefined;
  /** Newest records that are wanted. */
  readonly limit: number;
}

export interface Trace {
  /** Who is meant; several when one address, or one name at different times, is of several. None: see `why`. */
  readonly subjects: readonly Traced[];
  /** Of all of them, the oldest first. */
  readonly records: readonly StoredRecord[];
  /** There are more before these. */
  readonly isCut: boolean;
  /** Why there are no records. */
  readonly why?: WhyNone;
}

/**
 * What happened to a user or a group, whatever it was called then: all records of its id, refusals that knew its name
 * alone, and changes of groups in which it joined or left.
 * @throws Error when the journal cannot be read
 */
export async function trace(reader: JournalReader, { who, app, since, limit }: TraceQuestion): Promise<Trace> {
  const inApp = app === undefined ? {} : { app };
  const subjects = await traced(reader, who, inApp);
  const wanted = {
    ...inApp,
    ...(since === undefined ? {} : { since }),
    first: 'newest',
    // One more tells that there are more.
    limit: limit + 1,
  } as const;
  const found = new Map<number, StoredRecord>();
  for (const { ids, names } of subjects) {
    for (const id of ids)
      for (const record of await reader.select({ ...wanted, about: id })) found.set(record.seq, record);
    for (const about of new Set([...names, who]))
      for (const record of await reader.select({ ...wanted, about }))
        if (record.id === undefined) found.set(record.seq, record);
  }
  const records = inOrder(found.values());
  return {
    subjects,
    records: records.slice(-limit),
    isCut: records.length > limit,
    ...(records.length === 0 ? { why: await whyNone(reader, who, app) } : {}),
  };
}
