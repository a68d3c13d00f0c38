import type { JournalRecord, RecordedChange, Some } from '../../../connector/journal/record.ts';
import { onOneLine } from '../../../connector/log/printable.ts';
import { counted } from '../wording.ts';
import { NO_VALUE, shownValue } from './shown-value.ts';

/** Of a custom attribute its own name, without the URN before it. */
const shortPath = (path: string): string => onOneLine(path.slice(path.lastIndexOf(':') + 1));

function changeText(change: RecordedChange, isNew: boolean): string {
  const path = shortPath(change.path);
  if ('secret' in change) return `${path} ${change.secret}`;
  const { before, after } = change;
  return isNew ? `${path}: ${shownValue(after)}` : `${path}: ${shownValue(before)} → ${shownValue(after)}`;
}

/** What people look for first. */
const FIRST = ['active', 'userName', 'displayName'];
const rank = ({ path }: RecordedChange): number => (FIRST.includes(path) ? FIRST.indexOf(path) : FIRST.length);

/** Of a rename the names alone. */
const renameText = (change: RecordedChange): string | undefined =>
  'secret' in change || change.before === undefined || !FIRST.slice(1).includes(change.path)
    ? undefined
    : `${shownValue(change.before)} → ${shownValue(change.after)}`;

/** What is new is told in its own order, without the name, which is told already. */
function changeTexts({ operation, intent, changes = [], name }: JournalRecord): readonly string[] {
  const isNew = operation === 'create';
  const told = isNew
    ? changes.filter((change) => 'secret' in change || change.after !== name)
    : [...changes].sort((a, b) => rank(a) - rank(b));
  return (told.length > 0 ? told : changes).map(
    (change) => (intent === 'rename' ? renameText(change) : undefined) ?? changeText(change, isNew),
  );
}

const includesAny = (some: Some | undefined, ids: ReadonlySet<string>): boolean =>
  some?.ids.some((id) => ids.has(id)) ?? false;

function* counts({ joined, left }: JournalRecord): Generator<string> {
  if (joined) yield `${counted(joined.count, 'member')} joined`;
  if (left) yield `${counted(left.count, 'member')} left`;
}

/** What a group's change is to some of its members. */
function* membership({ joined, left, name }: JournalRecord, members: ReadonlySet<string>): Generator<string> {
  const group = onOneLine(name ?? NO_VALUE);
  if (includesAny(joined, members)) yield `joined ${group}`;
  if (includesAny(left, members)) yield `left ${group}`;
}

/** What Okta was told, without reference and name, which are known. */
const told = (text: string, name: string | undefined): string =>
  onOneLine(text.replace(/ ?\(ref [\w-]+\)/, '').replace(` "${name}"`, ''));

function* done(record: JournalRecord): Generator<string> {
  yield* counts(record);
  if (record.intent === 'link') yield 'was there already, as it should be';
  else yield* changeTexts(record);
  if (record.total !== undefined) yield counted(record.total, record.intent === 'bulk' ? 'operation' : 'resource');
  if (record.pages !== undefined) yield counted(record.pages, 'page');
  if (record.ignored?.length) yield `ignored ${record.ignored.map(onOneLine).join(', ')}`;
  if (record.leftOut?.length) yield `left out ${record.leftOut.map(onOneLine).join(', ')}`;
}

function* why({ text, reason, name, times = 1 }: JournalRecord): Generator<string> {
  if (times > 1) yield `${times} times`;
  if (text !== undefined) yield told(text, name);
  else if (reason !== undefined) yield reason;
}

/**
 * What became of an operation in a few words: the changes, or why there are none.
 * @param about  ids of who is asked for: of other resources their joining and leaving alone is told
 */
export function recordSummary(record: JournalRecord, about: ReadonlySet<string> = new Set()): string {
  const isOwn = about.size === 0 || record.id === undefined || about.has(record.id);
  const changes = [...(isOwn ? done(record) : membership(record, about))].join('; ');
  const reasons = [...why(record)].join(': ');
  if (record.outcome === 'done') return changes || 'nothing to change';
  return reasons || changes;
}
