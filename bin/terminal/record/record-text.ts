import { type JournalRecord, type RecordedChange, recordKey, type Some } from '../../../connector/journal/record.ts';
import { onOneLine } from '../../../connector/log/printable.ts';
import { table } from '../table.ts';
import { counted } from '../wording.ts';
import { localDateTime } from './local-time.ts';
import { wholeValue } from './shown-value.ts';

type Row = readonly [label: string, text: string];

const ms = (duration: number): string => `${Math.round(duration * 10) / 10} ms`;

function changeText(change: RecordedChange, isNew: boolean): string {
  if ('secret' in change) return `${change.path} ${change.secret}`;
  const before = isNew ? '' : `${wholeValue(change.before)} → `;
  return `${onOneLine(change.path)}: ${before}${wholeValue(change.after)}`;
}

const someText = ({ ids, count }: Some): string =>
  ids.map(onOneLine).join(', ') + (count > ids.length ? ` and ${count - ids.length} more` : '');

/** One label for all of them. */
const listed = (label: string, texts: readonly string[]): readonly Row[] =>
  texts.map((text, index) => [index === 0 ? label : '', text]);

const linesOf = (text: string): readonly string[] => text.split('\n').map(onOneLine);

function* asked({
  intent,
  message,
  operation,
  type,
  name,
  id,
  app,
  actor,
  client,
  node,
}: JournalRecord): Generator<Row> {
  yield ['wanted', `${intent} (${message}, ${operation})`];
  const whose = [name, id === undefined ? undefined : `id ${id}`].filter((one) => one !== undefined);
  if (whose.length > 0) yield [type?.toLowerCase() ?? 'resource', onOneLine(whose.join(', '))];
  if (node !== undefined) yield ['connector', onOneLine(node)];
  if (app !== '') yield ['app', onOneLine(app)];
  if (actor !== '') yield ['credential', onOneLine(actor)];
  if (!client) return;
  const spoken = client.scim === undefined ? undefined : `SCIM ${client.scim}`;
  yield ['from', onOneLine([client.address, client.userAgent, spoken].filter((one) => one !== undefined).join(', '))];
  if (client.accept !== undefined) yield ['accepts', onOneLine(client.accept)];
  if (client.contentType !== undefined) yield ['body', onOneLine(client.contentType)];
}

function* changed({
  changes = [],
  joined,
  left,
  ignored = [],
  leftOut = [],
  ...record
}: JournalRecord): Generator<Row> {
  const isNew = record.operation === 'create';
  yield* listed(
    'changes',
    changes.map((change) => changeText(change, isNew)),
  );
  if (joined) yield ['joined', someText(joined)];
  if (left) yield ['left', someText(left)];
  if (ignored.length > 0) yield ['ignored', ignored.map(onOneLine).join(', ')];
  if (leftOut.length > 0) yield ['left out', leftOut.map(onOneLine).join(', ')];
  if (record.total !== undefined) yield ['total', String(record.total)];
  if (record.pages !== undefined) yield ['pages', String(record.pages)];
  yield* listed('sent', (record.sent ?? []).flatMap(linesOf));
  if (record.server !== undefined) yield ['sent to', onOneLine(record.server)];
}

function* ended(record: JournalRecord): Generator<Row> {
  const { outcome, reason, status, fault, text, diagnostic, hint, times = 1, duration, backendDuration } = record;
  const facts = [reason, status === undefined ? undefined : `HTTP ${status}`, fault].filter((one) => one !== undefined);
  yield ['outcome', facts.length === 0 ? outcome : `${outcome} (${facts.join(', ')})`];
  if (text !== undefined) yield ['told Okta', onOneLine(text)];
  if (diagnostic !== undefined) yield ['store said', onOneLine(diagnostic)];
  if (hint !== undefined) yield ['to change', onOneLine(hint)];
  if (record.settled !== undefined) yield ['found out', `${localDateTime(record.settled)}, by looking`];
  if (times > 1) yield ['stands for', counted(times, 'request')];
  yield ['took', `${ms(duration)}, of it the store ${ms(backendDuration)}`];
}

/** What a request would do, a line each. @param width  unit: columns */
export const intendedText = (record: JournalRecord, width?: number): string => {
  const { intent, message, type, name, id } = record;
  const whose = [name, id === undefined ? undefined : `id ${id}`].filter((one) => one !== undefined).map(onOneLine);
  const rows: readonly Row[] = [
    ['wants', `${intent} (${message})`],
    ...(whose.length > 0 ? [[type?.toLowerCase() ?? 'resource', whose.join(', ')] as const] : []),
    ...changed(record),
    ...listed('refused', record.text === undefined ? [] : [onOneLine(record.text)]),
    ...listed('to change', record.hint === undefined ? [] : [onOneLine(record.hint)]),
  ];
  return table(rows, width);
};

/** All that a record holds, a line each: values with all that is in them, what was sent as it was sent. */
export function recordText(record: JournalRecord, width?: number): string {
  const rows = [...asked(record), ...changed(record), ...ended(record)];
  const body = table(
    rows.map(([label, text]) => [`  ${label}`, text]),
    width,
  );
  return `${localDateTime(record.time)} ${recordKey(record)}\n${body}`;
}
