import { styleText } from 'node:util';
import { type JournalRecord, type RecordOutcome, recordKey } from '../../../connector/journal/record.ts';
import { onOneLine } from '../../../connector/log/printable.ts';
import { cutTo, padTo } from '../line-width.ts';
import { localDateTime, localTime } from './local-time.ts';
import { recordSummary } from './record-summary.ts';

const COLOR = { done: 'green', refused: 'yellow', failed: 'red', 'not done': 'yellow', unknown: 'red' } as const;

/** As wide as the longest that may come: records that come one by one stand below each other. */
const INTENT = 'group change'.length;
const OUTCOME = 'not done'.length;
const REF = 'K7Q2-91XM'.length;

export interface LineManner {
  /** Unit: columns. */
  readonly width: number;
  /** The day is told elsewhere. */
  readonly withoutDate?: boolean;
  /** So is whose record it is. Ids of those people: their joining and leaving of a group is told by its name. */
  readonly about?: ReadonlySet<string>;
  /** Name the app: there are several. */
  readonly withApp?: boolean;
  /** Name the connector: several share a database. */
  readonly withNode?: boolean;
  /** Unit: columns. */
  readonly intentWidth?: number;
  readonly outcomeWidth?: number;
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));

/** Records that are all known stand below each other without room for others. */
export const fitted = (records: readonly JournalRecord[]): Pick<LineManner, 'intentWidth' | 'outcomeWidth'> => ({
  intentWidth: widest(records.map(({ intent }) => intent)),
  outcomeWidth: widest(records.map(({ outcome }) => outcome)),
});

const marked = (outcome: RecordOutcome, width: number): string =>
  styleText(COLOR[outcome], padTo(outcome, width), { stream: process.stdout });

/** One record on one line: when, reference, what Okta wanted, outcome, what changed or why not. */
export function recordLine(record: JournalRecord, manner: LineManner): string {
  const { time, intent, outcome, name, id, app, node } = record;
  const { width, withoutDate, about, withApp, withNode, intentWidth = INTENT, outcomeWidth = OUTCOME } = manner;
  const when = withoutDate ? localTime(time).time : localDateTime(time);
  const before = [when, padTo(recordKey(record), REF), padTo(intent, intentWidth)].join(' ');
  const whose = about ? undefined : (name ?? id);
  const what = [
    ...(withNode && node !== undefined ? [onOneLine(node)] : []),
    ...(withApp && app !== '' ? [onOneLine(app)] : []),
    ...(whose === undefined ? [] : [onOneLine(whose)]),
    recordSummary(record, about),
  ].join(': ');
  const room = width - before.length - outcomeWidth - 2;
  return `${before} ${marked(outcome, outcomeWidth)} ${cutTo(what, room)}`.trimEnd();
}
