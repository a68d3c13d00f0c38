import type { JournalReader, StoredRecord } from '../../journal/journal-store.ts';
import type { RecordedChange } from '../../journal/record.ts';
import type { PseudonymKind } from '../../redaction/pseudonyms.ts';
import { redactJson, redactValue } from '../../redaction/redact-json.ts';
import type { Scrubber } from '../../redaction/scrubber.ts';
import { TRAITS } from '../../scim/schema/resource-type.ts';
import type { Gathered } from './part.ts';

/** Names that the connector gives itself. */
const STANDARD: ReadonlySet<string> = new Set(['', 'default', 'anonymous']);
/** The latest that are put in. */
const RECORDS = 2_000;
/** What one record may take. Unit: bytes. */
const LONGEST = 64 * 1024;

/** The latest, the oldest first. */
export const latestRecords = async (journal: JournalReader): Promise<readonly StoredRecord[]> =>
  (await journal.select({ first: 'newest', limit: RECORDS })).toReversed();

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(textsIn) : [];

/** Names of somebody before and after a change are the same person's. */
const namesIn = (change: RecordedChange): readonly string[] =>
  'secret' in change || !['userName', 'displayName'].includes(change.path)
    ? []
    : [...textsIn(change.before), ...textsIn(change.after)];

const kindOf = ({ type = 'User' }: StoredRecord): PseudonymKind => (TRAITS[type].isAccount ? 'user' : 'group');

/** Whom the records are about, so that everything says the same of the same person. */
export function learnPeople(scrubber: Scrubber, records: readonly StoredRecord[]): void {
  // An id tells a person whatever the name is, and who has the name now comes before who had it.
  const newestFirst = records.toReversed();
  const known = newestFirst.filter(({ id }) => id !== undefined);
  for (const record of [...known, ...newestFirst]) {
    const { id, name, changes = [] } = record;
    const identity = id ?? name;
    if (identity === undefined) continue;
    for (const one of [id, name, ...changes.flatMap(namesIn)])
      if (one !== undefined) scrubber.learn(kindOf(record), one, identity);
  }
  for (const { actor, app, node } of records) {
    if (node !== undefined) scrubber.learn('host', node);
    if (!STANDARD.has(app)) scrubber.learn('app', app);
    if (!STANDARD.has(actor)) scrubber.learn('credential', actor);
  }
}

/** `givenName: Ana` in LDIF (RFC 2849), and lines that go on. */
const LDIF = /^([\w;.-]+)(::?<?) ?(.*)$/;
const STRUCTURE = /^(?:dn|newrdn|newsuperior|deleteoldrdn|changetype|add|replace|delete|objectclass)$/i;

function redactSent(scrubber: Scrubber, text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, attribute, mark = '', value = ''] = LDIF.exec(line) ?? [];
      if (attribute === undefined) return scrubber.text(line);
      const isPlain = mark === ':' && STRUCTURE.test(attribute);
      const shown = value === '' ? '' : isPlain ? scrubber.text(value) : scrubber.value('value', value);
      return `${scrubber.name(attribute)}: ${shown}`.trimEnd();
    })
    .join('\n');
}

function redactChange(scrubber: Scrubber, change: RecordedChange): unknown {
  if ('secret' in change) return change;
  const { path, before, after } = change;
  return {
    path: scrubber.name(path),
    ...(before === undefined ? {} : { before: redactValue(scrubber, before) }),
    ...(after === undefined ? {} : { after: redactValue(scrubber, after) }),
  };
}

export function redactRecord(scrubber: Scrubber, record: StoredRecord): object {
  const { changes, sent, name, id, ignored, ...rest } = record;
  const kind = kindOf(record);
  return {
    ...(redactJson(scrubber, rest) as object),
    ...(id === undefined ? {} : { id: scrubber.value(kind, id) }),
    ...(name === undefined ? {} : { name: scrubber.value(kind, name) }),
    ...(ignored ? { ignored: ignored.map((one) => scrubber.name(one)) } : {}),
    ...(changes ? { changes: changes.map((change) => redactChange(scrubber, change)) } : {}),
    ...(sent ? { sent: sent.map((text) => redactSent(scrubber, text)) } : {}),
  };
}

function line(scrubber: Scrubber, record: StoredRecord): string {
  const text = JSON.stringify(redactRecord(scrubber, record));
  if (Buffer.byteLength(text) <= LONGEST) return text;
  const { changes: _, sent: __, joined: ___, left: ____, ...short } = record;
  return JSON.stringify({ ...redactRecord(scrubber, short), shortened: true });
}

/** @param isAlone  those that share a database could not be asked */
export const journalPart = (scrubber: Scrubber, records: readonly StoredRecord[], isAlone = false): Gathered =>
  records.length === 0
    ? { name: 'journal.jsonl', why: 'the journal holds no record' }
    : {
        name: 'journal.jsonl',
        about: `the latest ${records.length} records of the journal${isAlone ? ' of this connector alone, as the database of all was away' : ''}, one a line (docs/journal.md)`,
        text: `${records.map((record) => line(scrubber, record)).join('\n')}\n`,
      };
