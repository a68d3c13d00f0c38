import { closeSync, fdatasync, openSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Database, Statement } from 'better-sqlite3';
import type { Entry } from '../entry.ts';
import type {
  Batch,
  JournalQuery,
  JournalReader,
  JournalStore,
  NewIntent,
  OpenIntent,
  StoredRecord,
} from '../journal-store.ts';
import type { Hide } from '../values/hidden-text.ts';
import { hashOf } from '../values/value-hash.ts';
import { isDamaged } from './failure.ts';
import { openForReading, openForWriting, setAside } from './open-journal.ts';
import { prune } from './prune.ts';
import { select } from './select.ts';

const INSERT = `INSERT INTO record (key, ref, time, app, message, outcome, stranger, doc)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE
  SET time = excluded.time, message = excluded.message, outcome = excluded.outcome, doc = excluded.doc`;
/** It stood in a file beside its change: so that was made. */
const CARRY = `${INSERT} WHERE outcome IN ('refused', 'failed')`;

const isStranger = ({ operation, actor }: Entry['record']): boolean => operation === 'request' && actor === '';

/** Empty when there is none, or when it cannot be looked at. */
function inodeOf(file: string): string {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return '';
  }
}

/** A journal that another process writes, or nobody. */
export class JournalFileReader implements JournalReader {
  readonly #db: Database;
  readonly #hash: Hide | undefined;

  /** @throws Error there is none, or it may not be read */
  constructor(file: string) {
    this.#db = openForReading(file);
    this.#hash = hashOf(file);
  }

  select(query: JournalQuery): readonly StoredRecord[] {
    return select(this.#db, query, this.#hash);
  }

  close(): void {
    this.#db.close();
  }
}

/** The journal as one SQLite file. Once a method has failed it is to be closed and opened anew. */
export class JournalFile implements JournalStore {
  readonly #file: string;
  readonly #db: Database;
  readonly #inode: string;
  readonly #insert: Statement;
  readonly #carry: Statement;
  readonly #insertAbout: Statement;
  readonly #insertIntent: Statement;
  readonly #settle: Statement;
  #log: number | undefined;
  #syncing: Promise<void> = Promise.resolve();

  /** @throws Error */
  constructor(file: string) {
    this.#file = file;
    this.#db = openForWriting(file);
    this.#inode = inodeOf(file);
    this.#insert = this.#db.prepare(`${INSERT} RETURNING seq`).pluck();
    this.#carry = this.#db.prepare(`${CARRY} RETURNING seq`).pluck();
    this.#insertAbout = this.#db.prepare('INSERT OR IGNORE INTO about (value, seq) VALUES (?, ?)');
    this.#insertIntent = this.#db.prepare(
      'INSERT INTO intent (app, key, about, text, proof, doc) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#settle = this.#db.prepare('DELETE FROM intent WHERE seq = ?');
  }

  write({ records, carried = [], intents, settled }: Batch, durable: boolean): readonly number[] {
    // The system goes on writing to a file that was deleted, and nobody would find again what is in it.
    if (inodeOf(this.#file) !== this.#inode) throw new Error('it was moved or replaced; a new one is begun');
    // Only what waits for the disk pays for it.
    if (durable) this.#db.pragma('synchronous = FULL');
    try {
      return this.#db.transaction(() => {
        for (const entry of records) this.#add(this.#insert, entry);
        for (const entry of carried) this.#add(this.#carry, entry);
        for (const { intent } of settled) this.#settle.run(intent);
        return intents.map((intent) => this.#announce(intent));
      })();
    } catch (error) {
      if (isDamaged(error)) setAside(this.#file);
      throw error;
    } finally {
      if (durable) this.#db.pragma('synchronous = NORMAL');
    }
  }

  sync(): Promise<void> {
    // SQLite locks the database and the index of its log, never the log itself: closing this loses no lock.
    this.#log ??= openSync(`${this.#file}-wal`, 'r+');
    this.#syncing = promisify(fdatasync)(this.#log);
    return this.#syncing;
  }

  select(query: JournalQuery): readonly StoredRecord[] {
    return select(this.#db, query, hashOf(this.#file));
  }

  openIntents(): readonly OpenIntent[] {
    const rows = this.#db
      .prepare('SELECT seq, app, key, about, text, proof, doc FROM intent ORDER BY seq')
      .raw(true)
      .all() as readonly (readonly [number, string, string, string, string, string, string])[];
    return rows.map(([seq, app, key, about, text, proof, doc]) => ({
      seq,
      app,
      key,
      about: JSON.parse(about),
      write: { text, proof: JSON.parse(proof) },
      record: JSON.parse(doc),
    }));
  }

  prune(maxAge: number, maxSize: number): number {
    return prune(this.#db, maxAge, maxSize);
  }

  close(): void {
    const log = this.#log;
    const end = (): void => closeSync(log as number);
    if (log !== undefined) this.#syncing.then(end, end);
    this.#log = undefined;
    this.#db.close();
  }

  #add(statement: Statement, { key, about, record }: Entry): void {
    const { ref, time, app, message, outcome } = record;
    const doc = JSON.stringify(record);
    const stranger = Number(isStranger(record));
    const seq = statement.get(key, ref, Date.parse(time), app, message, outcome, stranger, doc);
    if (seq !== undefined) for (const value of about) this.#insertAbout.run(value, seq);
  }

  #announce({ app, key, about, write, record }: NewIntent): number {
    const proof = JSON.stringify(write.proof ?? null);
    const texts = [app, key, JSON.stringify(about), write.text, proof, JSON.stringify(record)];
    return Number(this.#insertIntent.run(...texts).lastInsertRowid);
  }
}
