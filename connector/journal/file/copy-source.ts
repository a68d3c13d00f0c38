import type { Database, Statement } from 'better-sqlite3';

/** Up to where records were copied: new ones by their `seq`, and those that were told anew by the number of that. */
export interface CopyPosition {
  readonly seq: number;
  readonly retold: number;
}

/** A record as the file has it. */
export interface StoredText {
  readonly key: string;
  /** When it was over, by this machine's clock. Unit: ms since 1970. */
  readonly time: number;
  readonly app: string;
  readonly message: string;
  readonly outcome: string;
  readonly isStranger: boolean;
  readonly ref: string;
  readonly about: readonly string[];
  /** JSON. */
  readonly doc: string;
}

/** Records in their order, each once. */
export interface CopySlice {
  readonly records: readonly StoredText[];
  readonly upTo: CopyPosition;
}

/** Most that is read at once. Unit of the second: characters. */
const MOST = 500;
const MOST_CHARACTERS = 2 * 1024 * 1024;

/**
 * Which records were told anew, and by what name a copy is known to be of this file. Made where records are copied: from
 * then on it is kept whatever program writes.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS retold (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  seq    INTEGER NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS record_retold AFTER UPDATE ON record BEGIN
  INSERT INTO retold (seq) VALUES (new.seq);
END;
CREATE TABLE IF NOT EXISTS origin (id TEXT NOT NULL) STRICT;
INSERT INTO origin SELECT lower(hex(randomblob(16))) WHERE NOT EXISTS (SELECT 1 FROM origin);
`;

const COLUMNS = 'r.key, r.time, r.app, r.message, r.outcome, r.stranger, l.ref, l.about, r.doc';
const NEW = `SELECT r.seq, ${COLUMNS} FROM record r JOIN lookup l USING (seq)
  WHERE r.seq > ? AND r.seq <= ? ORDER BY r.seq LIMIT ?`;
const RETOLD = `SELECT t.number, ${COLUMNS} FROM retold t JOIN record r USING (seq) JOIN lookup l USING (seq)
  WHERE t.number > ? AND t.number <= ? ORDER BY t.number LIMIT ?`;

type Row = readonly [number, string, number, string, string, string, number, string, string, string];

const textOf = ([, key, time, app, message, outcome, stranger, ref, about, doc]: Row): StoredText => ({
  ...{ key, time, app, message, outcome, ref, doc },
  isStranger: stranger === 1,
  about: about.split('\n').filter((one) => one !== ''),
});

/** What of a journal's file there is to copy, and what was told anew since. */
export class CopySource {
  /** Of the file; a new one has another. */
  readonly file: string;
  readonly #new: Statement;
  readonly #retold: Statement;
  readonly #last: Statement;

  /** @throws Error it cannot be written */
  constructor(db: Database) {
    db.transaction(() => db.exec(TABLES)).immediate();
    db.exec('DELETE FROM retold WHERE seq < (SELECT min(seq) FROM record)');
    this.file = String(db.prepare('SELECT id FROM origin').pluck().get());
    this.#new = db.prepare(NEW).raw(true);
    this.#retold = db.prepare(RETOLD).raw(true);
    this.#last = db.prepare('SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0)').pluck();
  }

  /** Up to where there is something. */
  last(): CopyPosition {
    return { seq: Number(this.#last.get('record')), retold: Number(this.#last.get('retold')) };
  }

  /** The oldest of those that were not copied. `upTo` is `after` where there are none. @param until  those behind it wait */
  slice(after: CopyPosition, until: CopyPosition, most = MOST): CopySlice {
    const records = new Map<string, StoredText>();
    let room = MOST_CHARACTERS;
    let left = most;
    const take = (statement: Statement, from: number, to: number): number => {
      let at = from;
      for (const row of statement.iterate(from, to, left) as IterableIterator<Row>) {
        if (room <= 0) return at;
        const text = textOf(row);
        records.set(text.key, text);
        room -= text.doc.length;
        left -= 1;
        at = row[0];
      }
      // Those that are gone since are passed by.
      return room > 0 && left > 0 ? Math.max(from, to) : at;
    };
    const seq = take(this.#new, after.seq, until.seq);
    const retold = take(this.#retold, after.retold, until.retold);
    return { records: [...records.values()], upTo: { seq, retold } };
  }
}
