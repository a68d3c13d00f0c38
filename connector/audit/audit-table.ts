import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Database, Statement } from 'better-sqlite3';
import type { Anchor, AuditEntry, StoredAudit } from './audit-entry.ts';
import { type ChainRow, hashOf, keyName } from './chain.ts';

const TABLE = `CREATE TABLE IF NOT EXISTS audit (
  seq  INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  app  TEXT NOT NULL,
  doc  TEXT NOT NULL,
  key  TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT`;

const HEAD = 'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1';

/** Most that go at once: a few ms. */
const SLICE = 2000;
/** Entries that stand for all. */
const SAMPLE = 64;
/** Of an entry beside its texts: numbers, header, its part of a page. Unit: bytes. */
const OVERHEAD = 32;

const LAST_TO_GO = `SELECT max(seq) AS seq FROM (SELECT seq, time FROM audit
  WHERE seq < (SELECT max(seq) FROM audit) ORDER BY seq LIMIT ${SLICE}) WHERE time < ?`;

/** The action of an entry that says up to where older ones were taken away. */
export const PRUNE = 'audit prune';

const hasTable = (db: Database): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'audit'`).get() !== undefined;

/** Entries in a SQLite file, each holding the hash of the one before. Several processes may append. */
export class AuditTable {
  readonly #db: Database;
  readonly #key: KeyObject;
  readonly #name: string;
  readonly #head: Statement;
  readonly #insert: Statement;

  /** Makes the table where there is none. @throws Error it cannot be written */
  constructor(db: Database, key: Buffer) {
    this.#db = db;
    this.#key = createSecretKey(key);
    this.#name = keyName(key);
    if (!hasTable(db)) db.exec(TABLE);
    this.#head = db.prepare(HEAD);
    this.#insert = db.prepare('INSERT INTO audit (seq, time, app, doc, key, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?)');
  }

  /** In a transaction that has begun to write, so that nobody else appends meanwhile. @throws Error */
  append(...entries: readonly AuditEntry[]): void {
    if (!this.#db.inTransaction) throw new Error('an entry is appended in a transaction alone');
    if (entries.length === 0) return;
    let { seq, hash: prev } = (this.#head.get() as Anchor | undefined) ?? { seq: 0, hash: '' };
    for (const entry of entries) {
      seq += 1;
      const [time, doc] = [Date.parse(entry.time), JSON.stringify(entry)];
      const hash = hashOf(this.#key, { seq, time, app: entry.app, doc, key: this.#name, prev });
      this.#insert.run(seq, time, entry.app, doc, this.#name, prev, hash);
      prev = hash;
    }
  }

  /**
   * Takes away some of the oldest of those before `time`, never the last, and says so in the chain.
   * @param time  unit: ms since 1970
   * @returns how many went; when any did, there may be more
   */
  prune(time: number, now: Date): number {
    return this.#db
      .transaction(() => {
        const last = this.#db.prepare(LAST_TO_GO).get(time) as { readonly seq: number | null };
        if (last.seq === null) return 0;
        const { hash } = this.#db.prepare('SELECT hash FROM audit WHERE seq = ?').get(last.seq) as Anchor;
        const { changes } = this.#db.prepare('DELETE FROM audit WHERE seq <= ?').run(last.seq);
        const entry = { time: now.toISOString(), actor: '', by: 'service', app: '', outcome: 'done' } as const;
        this.append({ ...entry, action: PRUNE, details: { up_to: last.seq, hash } });
        return changes;
      })
      .immediate();
  }
}

/** Undefined when there is none. */
export const headOf = (db: Database): Anchor | undefined =>
  hasTable(db) ? (db.prepare(HEAD).get() as Anchor | undefined) : undefined;

/** About what all entries take, without reading them: a chain has no gaps, and some entries tell of the others. Unit: bytes. */
export function auditSize(db: Database): number {
  if (!hasTable(db)) return 0;
  const { first, last } = db
    .prepare('SELECT (SELECT min(seq) FROM audit) AS first, (SELECT max(seq) FROM audit) AS last')
    .get() as { readonly first: number | null; readonly last: number | null };
  if (first === null || last === null) return 0;
  const sample = Array.from({ length: SAMPLE }, (_, i) => first + Math.floor(((last - first) * i) / (SAMPLE - 1)));
  const size = db
    .prepare(
      `SELECT avg(octet_length(doc) + octet_length(app) + octet_length(key) + octet_length(prev) + octet_length(hash))
      FROM audit WHERE seq IN (${sample.join()})`,
    )
    .pluck()
    .get() as number;
  return (last - first + 1) * (size + OVERHEAD);
}

/** All of them, from the first on. Page by page: a statement that has failed half-way keeps its transaction from ending. */
export function* rowsOf(db: Database): Generator<ChainRow> {
  if (!hasTable(db)) return;
  const page = db.prepare('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT 1000');
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = page.all(after) as readonly ChainRow[];
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/** The highest number that was ever given. */
export function highestGiven(db: Database): number {
  if (!hasTable(db)) return 0;
  const row = db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'audit'`).get() as Anchor | undefined;
  return row?.seq ?? 0;
}

export interface AuditQuery {
  readonly app?: string | undefined;
  /** Unit: ms since 1970. */
  readonly since?: number | undefined;
  readonly limit: number;
}

/** The newest, oldest of them first. */
export function selectAudit(db: Database, { app, since, limit }: AuditQuery): readonly StoredAudit[] {
  if (!hasTable(db)) return [];
  const rows = db
    .prepare('SELECT seq, doc FROM audit WHERE (? IS NULL OR app = ?) AND time >= ? ORDER BY seq DESC LIMIT ?')
    .all(app ?? null, app ?? null, since ?? 0, limit) as readonly Pick<ChainRow, 'seq' | 'doc'>[];
  return rows.map(({ seq, doc }) => ({ ...(JSON.parse(doc) as AuditEntry), seq })).reverse();
}
