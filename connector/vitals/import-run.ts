import type { Client } from '../backend/backend.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { TypeName } from '../scim/schema/resource-type.ts';

/** An import while it runs: the pages of one list, by whatever connection or agent they are asked for. */
export interface ImportRun {
  readonly app: string;
  readonly actor: string;
  readonly type: TypeName;
  readonly message: string;
  /** Of an incremental import: only what has changed since. */
  readonly since?: string;
  /** Of the first page. */
  readonly ref: string;
  client?: Client;
  /** ms since 1970. */
  readonly started: number;
  /** End of the last page. ms since 1970. */
  last: number;
  /** Pages that were answered. */
  pages: number;
  /** Where the last page began. */
  offset: number;
  /** Resources up to the end of the last page. */
  read: number;
  /** Of all, as the last page had it. */
  total: number;
  /** Time that the store took. Unit: ms. */
  busy: number;
  /** Why the last page failed, when it did. */
  failure?: { readonly outcome: 'refused' | 'failed'; readonly reason: string; readonly text: string };
}

/** How an import ended: what was missing, where something was. */
export type ImportEnd = 'done' | 'silence' | 'stopped';

const WHY: Readonly<Record<Exclude<ImportEnd, 'done'>, string>> = {
  silence: 'no further page was asked for',
  stopped: 'the connector was stopped',
};

const rounded = (ms: number): number => Math.round(ms);

function endOf(
  { failure, read, total }: ImportRun,
  end: ImportEnd,
): Partial<JournalRecord> & Pick<JournalRecord, 'outcome'> {
  if (end === 'done') return { outcome: 'done' };
  const so = `the import ended after ${read} of ${total}`;
  if (failure) return { outcome: failure.outcome, reason: failure.reason, text: `${so}: ${failure.text}` };
  return { outcome: 'not done', text: `${so}: ${WHY[end]}` };
}

/** The one record of it. */
export function importRecord(run: ImportRun, end: ImportEnd): JournalRecord {
  const { app, actor, client, type, message, since, ref, started, last, pages, total, busy } = run;
  return {
    time: new Date(last).toISOString(),
    ref,
    app,
    actor,
    ...(client ? { client } : {}),
    operation: 'list',
    message,
    intent: 'import',
    type,
    ...(since === undefined ? {} : { since }),
    ...endOf(run, end),
    pages,
    total,
    duration: rounded(last - started),
    backendDuration: rounded(busy),
  };
}
