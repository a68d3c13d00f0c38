import type { Database } from 'better-sqlite3';
import { aboutKey } from '../about.ts';
import type { JournalQuery, StoredRecord } from '../journal-store.ts';

const MOST = 1000;

/** One condition, and what it is held to. */
type Condition = readonly [sql: string, ...parameters: (string | number)[]];

/** Values as one text, in which each is found between two line ends. */
export const listed = (values: readonly string[]): string => `\n${values.join('\n')}\n`;

/** Where values are hashed, their hashes are looked for too. */
type Hashes = readonly ((value: string) => string)[];

function aboutCondition(about: string, hashes: Hashes): Condition {
  const key = aboutKey(about);
  // A hash as a record shows it is found too.
  const looked = [key, about.trim(), ...hashes.map((hash) => hash(key))].map((value) => listed([value]));
  return [`seq IN (SELECT seq FROM lookup WHERE ${looked.map(() => 'instr(about, ?)').join(' OR ')})`, ...looked];
}

function conditionsOf(
  { app, ref, about, outcome, message, since, until, after }: JournalQuery,
  hashes: Hashes,
): readonly Condition[] {
  return [
    ...(app === undefined ? [] : [['app = ?', app] as const]),
    ...(ref === undefined ? [] : [['seq IN (SELECT seq FROM lookup WHERE ref = ?)', ref] as const]),
    ...(about === undefined ? [] : [aboutCondition(about, hashes)]),
    ...(outcome === undefined ? [] : [[`outcome IN (${outcome.map(() => '?').join()})`, ...outcome] as const]),
    ...(message === undefined ? [] : [['message = ? COLLATE NOCASE', message] as const]),
    ...(since === undefined ? [] : [['time >= ?', since] as const]),
    ...(until === undefined ? [] : [['time < ?', until] as const]),
    ...(after === undefined ? [] : [['seq > ?', after] as const]),
  ];
}

export function select(db: Database, query: JournalQuery, hashes: Hashes = []): readonly StoredRecord[] {
  const conditions = conditionsOf(query, hashes);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`;
  const order = query.first === 'newest' ? 'DESC' : 'ASC';
  const rows = db
    .prepare(`SELECT seq, doc FROM record ${where} ORDER BY seq ${order} LIMIT ?`)
    .all(...conditions.flatMap(([, ...parameters]) => parameters), query.limit ?? MOST) as readonly {
    readonly seq: number;
    readonly doc: string;
  }[];
  return rows.map(({ seq, doc }) => ({ ...JSON.parse(doc), seq }));
}

/** `seq` of the newest record; 0 in an empty journal. */
export const lastSeq = (db: Database): number =>
  Number(db.prepare('SELECT coalesce(max(seq), 0) FROM record').pluck().get());
