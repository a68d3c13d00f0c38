import type { Caller, Database } from '../../postgres/database.ts';
import { aboutKey } from '../about.ts';
import type { JournalQuery, JournalReader, StoredRecord } from '../journal-store.ts';
import type { Hide } from '../values/hidden-text.ts';
import { storable } from './row-text.ts';

/** Of one question. Unit: ms. */
const DEADLINE = 30_000;
const MOST = 1000;

/** One condition on rows, `?` for each of its parameters. */
type Condition = readonly [sql: string, ...parameters: unknown[]];

/** Where values are hashed, their hashes are looked for too; a hash as a record shows it is found as well. */
const looked = (about: string, hashes: readonly Hide[]): readonly string[] => {
  const key = aboutKey(about);
  return [...new Set([key, about.trim(), ...hashes.map((hash) => hash(key))])].map(storable);
};

function conditionsOf(
  { app, ref, about, outcome, message, since, until, after }: JournalQuery,
  hashes: readonly Hide[],
): readonly Condition[] {
  return [
    ...(app === undefined ? [] : [['app = ?', storable(app)] as const]),
    ...(ref === undefined ? [] : [['ref = ?', storable(ref)] as const]),
    ...(about === undefined ? [] : [['about && ?::text[]', looked(about, hashes)] as const]),
    ...(outcome === undefined ? [] : [['outcome = ANY (?::text[])', outcome] as const]),
    ...(message === undefined ? [] : [['lower(message) = lower(?)', storable(message)] as const]),
    ...(since === undefined ? [] : [['at >= ?', since] as const]),
    ...(until === undefined ? [] : [['at < ?', until] as const]),
    ...(after === undefined ? [] : [['seq > ?', after] as const]),
  ];
}

/** One that is asked in pieces goes by the numbers, which a record that comes late has at the end; others by the time. */
function orderOf({ after, first }: JournalQuery): string {
  if (after !== undefined) return first === 'newest' ? 'seq DESC' : 'seq';
  return first === 'newest' ? 'at DESC, seq DESC' : 'at, seq';
}

/** The journal that connectors share. Its times are the database's, so that records of several stand in their order. */
export class SharedJournalReader implements JournalReader {
  readonly #database: Database;
  readonly #hashes: readonly Hide[];

  /** @param hashes  of values, where they are hashed */
  constructor(database: Database, hashes: readonly Hide[] = []) {
    this.#database = database;
    this.#hashes = hashes;
  }

  async select(query: JournalQuery): Promise<readonly StoredRecord[]> {
    const conditions = conditionsOf(query, this.#hashes);
    const parameters = [...conditions.flatMap(([, ...own]) => own), query.limit ?? MOST];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`;
    let place = 0;
    const text = `SELECT seq, at, doc FROM scim.journal ${where} ORDER BY ${orderOf(query)} LIMIT ?`;
    const numbered = text.replaceAll('?', () => {
      place += 1;
      return `$${place}`;
    });
    const rows = await this.#database.rows<readonly [number, number, string]>(caller(), numbered, ...parameters);
    return rows.map(([seq, at, doc]) => ({ ...JSON.parse(doc), time: new Date(at).toISOString(), seq }));
  }

  async last(): Promise<number> {
    const [row] = await this.#database.rows<readonly [number]>(
      caller(),
      'SELECT coalesce(max(seq), 0) FROM scim.journal',
    );
    return row?.[0] ?? 0;
  }

  /** How many connectors tell here. */
  async tellers(): Promise<number> {
    const [row] = await this.#database.rows<readonly [number]>(
      caller(),
      'SELECT count(DISTINCT node) FROM scim.journal_copy',
    );
    return row?.[0] ?? 0;
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

const caller = (): Caller => ({ signal: AbortSignal.timeout(DEADLINE) });
