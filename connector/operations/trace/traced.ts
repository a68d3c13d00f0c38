import { aboutKey } from '../../journal/about.ts';
import type { JournalQuery, JournalReader, StoredRecord } from '../../journal/journal-store.ts';
import type { TypeName } from '../../scim/schema/resource-type.ts';

/** Somebody, or a group, that was asked for: all that bear one natural name, one after the other or in several apps. */
export interface Traced {
  readonly type?: TypeName;
  /** The latest. */
  readonly name: string;
  /** All that it ever had, as far as they are known. */
  readonly names: readonly string[];
  readonly ids: readonly string[];
  readonly apps: readonly string[];
  /** When the latest record of it was made. ISO 8601. */
  readonly last: string;
}

/** Newest records that are looked at to find out who is meant. */
const MOST = 10_000;

const sameText = (a: string | undefined, b: string): boolean => a !== undefined && aboutKey(a) === aboutKey(b);

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Members that a record tells of. */
const membersIn = ({ joined, left }: StoredRecord): readonly string[] => [...(joined?.ids ?? []), ...(left?.ids ?? [])];

/** Found because somebody joined or left the group that it is about. */
const isOfMember = (record: StoredRecord, who: string): boolean =>
  !sameText(record.id, who) && !sameText(record.name, who) && membersIn(record).some((id) => sameText(id, who));

const NAMING: ReadonlySet<string> = new Set(['userName', 'displayName']);

/** What its resource was called before and after it. */
const namesIn = ({ name, changes = [] }: StoredRecord): readonly string[] => [
  ...(name === undefined ? [] : [name]),
  ...changes.flatMap((change) =>
    'secret' in change || !NAMING.has(change.path)
      ? []
      : [change.before, change.after].filter((value) => typeof value === 'string'),
  ),
];

/** @param own  records of one resource, or of one name that has no id, the newest first */
function tracedIn(own: readonly StoredRecord[], who: string): Traced {
  const type = own.find((record) => record.type !== undefined)?.type;
  return {
    ...(type === undefined ? {} : { type }),
    name: own.find(({ name }) => name !== undefined)?.name ?? who,
    names: distinct(own.flatMap(namesIn)),
    ids: distinct(own.flatMap(({ id }) => (id === undefined ? [] : [id]))),
    apps: distinct(own.map(({ app }) => app)),
    last: own[0]?.time ?? '',
  };
}

/** Of the same name: it was deleted and made again, or is in several apps. */
function merged(all: readonly Traced[]): readonly Traced[] {
  const byName = new Map<string, Traced>();
  for (const one of all) {
    const key = `${one.type} ${aboutKey(one.name)}`;
    const other = byName.get(key);
    byName.set(
      key,
      other
        ? {
            ...other,
            names: distinct([...other.names, ...one.names]),
            ids: distinct([...other.ids, ...one.ids]),
            apps: distinct([...other.apps, ...one.apps]),
          }
        : one,
    );
  }
  return [...byName.values()];
}

/** Everybody of whom there are records that `who` leads to, the latest first. */
export async function traced(
  reader: JournalReader,
  who: string,
  inApp: Pick<JournalQuery, 'app'>,
): Promise<readonly Traced[]> {
  const found = await reader.select({ ...inApp, about: who, first: 'newest', limit: MOST });
  const own = found.filter((record) => !isOfMember(record, who));
  const resources = new Map<string, Traced>();
  for (const { id, app } of own) {
    const key = JSON.stringify([app, id && aboutKey(id)]);
    if (id === undefined || resources.has(key)) continue;
    // It may be called otherwise by now.
    const all = await reader.select({ about: id, app, first: 'newest', limit: MOST });
    resources.set(
      key,
      tracedIn(
        all.filter((record) => sameText(record.id, id)),
        who,
      ),
    );
  }
  if (resources.size > 0) return merged([...resources.values()].sort((a, b) => (a.last < b.last ? 1 : -1)));
  // Refused before there was an id; or known as a member alone.
  if (own.length > 0) return [tracedIn(own, who)];
  const member = found.flatMap(membersIn).find((id) => sameText(id, who));
  return member === undefined
    ? []
    : [{ ...tracedIn([], member), ids: [member], apps: distinct(found.map(({ app }) => app)) }];
}
