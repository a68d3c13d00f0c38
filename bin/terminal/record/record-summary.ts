import type { JournalRecord, RecordedChange, Some } from '../../../connector/journal/record.ts';
import { onOneLine } from '../../../connector/log/printable.ts';
import { counted } from '../wording.ts';
import { NO_VALUE, shownValue } from './shown-value.ts';

/** Of a custom attribute its own name, without the URN before it. */
const shortPath = (path: string): string => onOneLine(path.slice(path.lastIndexOf(':') + 1));

function changeText(change: RecordedChange): string {
  const path = shortPath(change.path);
  if ('secret' in change) return `${path} ${change.secret}`;
  const { before, after } = change;
  return before === undefined && after !== undefined
    ? `${path}: ${shownValue(after)}`
    : `${path}: ${shownValue(before)} → ${shownValue(after)}`;
}

/** What people look for first. */
const FIRST = ['active', 'userName', 'displayName'];
const rank = ({ path }: RecordedChange): number => (FIRST.includes(path) ? FIRST.indexOf(path) : FIRST.length);

const includesAny = (some: Some | undefined, ids: ReadonlySet<string>): boolean =>
  some?.ids.some((id) => ids.has(id)) ?? false;

/** @param members  whose membership is told; of all others how many */
function* membership({ joined, left, name }: JournalRecord, members: ReadonlySet<string>): Generator<string> {
  const group = onOneLine(name ?? NO_VALUE);
  if (includesAny(joined, members)) yield `joined ${group}`;
  else if (joined && members.size === 0) yield `${counted(joined.count, 'member')} joined`;
  if (includesAny(left, members)) yield `left ${group}`;
  else if (left && members.size === 0) yield `${counted(left.count, 'member')} left`;
}

/** What Okta was told, without the reference, which the line has. */
const told = (text: string): string => onOneLine(text.replace(/ ?\(ref [\w-]+\)/, ''));

function* done(record: JournalRecord, members: ReadonlySet<string>): Generator<string> {
  yield* membership(record, members);
  for (const change of [...(record.changes ?? [])].sort((a, b) => rank(a) - rank(b))) yield changeText(change);
  if (record.total !== undefined) yield counted(record.total, record.intent === 'bulk' ? 'operation' : 'resource');
  if (record.pages !== undefined) yield counted(record.pages, 'page');
  if (record.ignored?.length) yield `ignored ${record.ignored.map(onOneLine).join(', ')}`;
  if (record.leftOut?.length) yield `left out ${record.leftOut.map(onOneLine).join(', ')}`;
}

function* why({ text, reason, times = 1 }: JournalRecord): Generator<string> {
  if (times > 1) yield `${times} times`;
  if (text !== undefined) yield told(text);
  else if (reason !== undefined) yield reason;
}

/**
 * What became of an operation in a few words: the changes, or why there are none.
 * @param members  ids of people whose joining and leaving is told by the group's name
 */
export function recordSummary(record: JournalRecord, members: ReadonlySet<string> = new Set()): string {
  const changes = [...done(record, members)].join('; ');
  const reasons = [...why(record)].join(': ');
  if (record.outcome === 'done') return changes || 'nothing to change';
  return reasons || changes;
}
