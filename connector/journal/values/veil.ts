import { isComplex, type Value } from '../../scim/resource.ts';
import { aboutKey, aboutKeys } from '../about.ts';
import { type Entry, entryOf, newKey } from '../entry.ts';
import type { JournalRecord, RecordedChange, Some } from '../record.ts';
import { type Hide, hiddenLdif, hiddenText } from './hidden-text.ts';

/** Makes of a record what is stored. */
export type Veil = (record: JournalRecord, key?: string) => Entry;

/** Given by a store and no person's: it shows nothing of anybody, and leads to the resource. */
const OPAQUE = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const isOpaque = (id: string): boolean => OPAQUE.test(id);
/** Parts of an address that are no person's. */
const KINDS: ReadonlySet<string> = new Set(['type', 'primary']);

const NOTHING = '…';

function hidden(value: Value, hide: Hide): Value {
  if (Array.isArray(value)) return value.map((one) => hidden(one as Value, hide)) as unknown as Value;
  if (!isComplex(value)) return typeof value === 'boolean' ? value : hide(String(value));
  const parts = Object.entries(value).map(([name, part]) => [
    name,
    KINDS.has(name) ? part : hidden(part as Value, hide),
  ]);
  return Object.fromEntries(parts) as Value;
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part);
}

/** @param shown  whether something stands in the place of a value */
function hiddenRecord(record: JournalRecord, hide: Hide, shown: boolean): JournalRecord {
  const { id, name, changes, joined, left, leftOut, text, hint, diagnostic, sent, ...rest } = record;
  const values = (changes ?? []).map((one) => ('secret' in one ? [] : [one.before, one.after]));
  const known = [name, id, ...textsIn(values)].filter((one) => one !== undefined && !isOpaque(one)) as string[];
  const idOf = (one: string): readonly string[] => (isOpaque(one) ? [one] : shown ? [hide(one)] : []);
  const some = ({ ids, count }: Some): Some => ({ ids: ids.flatMap(idOf), count });
  const change = (one: RecordedChange): RecordedChange => {
    if ('secret' in one) return one;
    const { path, before, after } = one;
    if (!shown) return { path, ...flags(before, after) };
    return {
      path,
      ...(before === undefined ? {} : { before: hidden(before, hide) }),
      ...(after === undefined ? {} : { after: hidden(after, hide) }),
    };
  };
  const sentence = (words: string): string => hiddenText(words, known, hide);
  const [own] = id === undefined ? [] : idOf(id);
  return {
    ...rest,
    ...(own === undefined ? {} : { id: own }),
    ...(name === undefined || !shown ? {} : { name: hide(name) }),
    ...(changes ? { changes: changes.map(change) } : {}),
    ...(joined ? { joined: some(joined) } : {}),
    ...(left ? { left: some(left) } : {}),
    ...(leftOut ? { leftOut: leftOut.flatMap(idOf) } : {}),
    ...(text === undefined ? {} : { text: sentence(text) }),
    ...(hint === undefined ? {} : { hint: sentence(hint) }),
    ...(diagnostic === undefined ? {} : { diagnostic: sentence(diagnostic) }),
    ...(sent ? { sent: sent.map((one) => hiddenLdif(one, hide)) } : {}),
  };
}

/** What is on or off tells nothing of a person but what was done. */
const flags = (before: Value | undefined, after: Value | undefined): object => ({
  ...(typeof before === 'boolean' ? { before } : {}),
  ...(typeof after === 'boolean' ? { after } : {}),
});

export const clear: Veil = entryOf;

/** Equal values, but for their case, stay equal. @param hash  keyed, of a value as `aboutKey` has it */
export const hashing =
  (hash: Hide): Veil =>
  (record, key = newKey()) => ({
    key,
    about: aboutKeys(record).map((about) => (isOpaque(about) ? about : hash(about))),
    record: hiddenRecord(record, (value) => hash(aboutKey(value)), true),
  });

export const leavingOut: Veil = (record, key = newKey()) => ({
  key,
  about: aboutKeys(record).filter(isOpaque),
  record: hiddenRecord(record, () => NOTHING, false),
});
