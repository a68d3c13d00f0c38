import { fold } from '../scim/text.ts';
import type { JournalRecord, RecordedChange } from './record.ts';

/** Longer than a name, an id or an address is. Unit: characters. */
const LONGEST = 500;
const LINE_ENDS = /[\r\n]+/g;

/** How a name, id or address is looked for: on one line, or a part of one name would be found as another's. */
export const aboutKey = (text: string): string => fold(text.slice(0, LONGEST).replace(LINE_ENDS, ' ').trim());

const MOST = 120;

/** Texts in a value: a name, or the addresses of a plural attribute. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null && 'value' in value ? textsIn(value.value) : [];
}

const NAMED: ReadonlySet<string> = new Set(['userName', 'displayName', 'emails', 'externalId']);

const namesIn = (change: RecordedChange): readonly string[] =>
  'secret' in change || !NAMED.has(change.path) ? [] : [...textsIn(change.before), ...textsIn(change.after)];

/** Everything by which somebody may look for a record. */
export function aboutKeys({ id, name, changes = [], joined, left }: JournalRecord): readonly string[] {
  const all = [id, name, ...changes.flatMap(namesIn), ...(joined?.ids ?? []), ...(left?.ids ?? [])];
  return [...new Set(all.flatMap((text) => (text ? aboutKey(text) : [])))].slice(0, MOST * 2);
}
