import type { Database, Statement } from 'better-sqlite3';
import { aboutKeys } from '../about.ts';
import type {
  Batch,
  JournalQuery,
  JournalReader,
  JournalStore,
  NewIntent,
  OpenIntent,
  StoredRecord,
} from '../journal-store.ts';
import { type JournalRecord, recordKey } from '../record.ts';
import { openForReading, openForWriting } from './open-journal.ts';
import { select } from './select.ts';

/** A journal that another process writes, or nobody. */
export class JournalFileReader implements JournalReader {
  readonly #db: Database;

  /** @throws Error there is none, or it may not be read */
  constructor(file: string) {
    this.#db = openForReading(file);
  }

  select(query: JournalQuery): readonly StoredRecord[] {
    return select(this.#db, query);
  }

  close(): void {
    this.#db.close();
  }
}

/** The journal as one SQLite file. */
export class JournalFile implements JournalStore {
  readonly #db: Database;
  readonly #insert: Statement;
  readonly #insertAbout: Statement;
  readonly #insertIntent: Statement;
  readonly #settle: Statement;

  /** @throws Error */
  constructor(file: string) {
    this.#db = openForWriting(file);
    this.#insert = this.#db.prepare(
      `INSERT INTO record (key, ref, time, app, message, outcome, doc) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (key) DO NOTHING`,
    );
    this.#insertAbout = this.#db.prepare('INSERT OR IGNORE INTO about (value, seq) VALUES (?, ?)');
    this.#insertIntent = this.#db.prepare('INSERT INTO intent (app, text, proof, doc) VALUES (?, ?, ?, ?)');
    this.#settle = this.#db.prepare('DELETE FROM intent WHERE seq = ?');
  }

  write({ records, intents, settled }: Batch, durable: boolean): readonly number[] {
    // Only what waits for the disk pays for it.
    if (durable) this.#db.pragma('synchronous = FULL');
    try {
      return this.#db.transaction(() => {
        for (const record of records) this.#add(record);
        for (const { intent } of settled) this.#settle.run(intent);
        return intents.map((intent) => this.#announce(intent));
      })();
    } finally {
      if (durable) this.#db.pragma('synchronous = NORMAL');
    }
  }

  select(query: JournalQuery): readonly StoredRecord[] {
    return select(this.#db, query);
  }

  openIntents(): readonly OpenIntent[] {
    const rows = this.#db.prepare('SELECT seq, app, text, proof, doc FROM intent ORDER BY seq').all() as readonly {
      readonly seq: number;
      readonly app: string;
      readonly text: string;
      readonly proof: string;
      readonly doc: string;
    }[];
    return rows.map(({ seq, app, text, proof, doc }) => ({
      seq,
      app,
      write: { text, proof: JSON.parse(proof) },
      record: JSON.parse(doc),
    }));
  }

  prune(maxAge: number, maxSize: number): number {
    const [pages, free, size] = ['page_count', 'freelist_count', 'page_size'].map((name) =>
      Number(this.#db.pragma(name, { simple: true })),
    ) as [number, number, number];
    const old = this.#db.prepare('DELETE FROM record WHERE time < ?').run(Date.now() - maxAge).changes;
    const excess = (pages - free) * size - maxSize;
    if (excess <= 0) return old;
    const slice = 'DELETE FROM record WHERE seq IN (SELECT seq FROM record ORDER BY seq LIMIT ?)';
    return old + this.#db.prepare(slice).run(Math.ceil(excess / 1000)).changes;
  }

  close(): void {
    this.#db.close();
  }

  #add(record: JournalRecord): void {
    const { ref, time, app, message, outcome } = record;
    const doc = JSON.stringify(record);
    const { changes, lastInsertRowid } = this.#insert.run(
      recordKey(record),
      ref,
      Date.parse(time),
      app,
      message,
      outcome,
      doc,
    );
    if (changes === 0) return;
    for (const key of aboutKeys(record)) this.#insertAbout.run(key, lastInsertRowid);
  }

  #announce({ app, write, record }: NewIntent): number {
    const proof = JSON.stringify(write.proof ?? null);
    return Number(this.#insertIntent.run(app, write.text, proof, JSON.stringify(record)).lastInsertRowid);
  }
}
