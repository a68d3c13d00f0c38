import { closeSync, fdatasync, openSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Database, Statement } from 'better-sqlite3';
import { AuditTable } from '../../audit/audit-table.ts';
import type { WriteOutcome } from '../../backend/trail.ts';
import { auditOf } from '../audit-of.ts';
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
import type { JournalRecord } from '../record.ts';
import type { Hide } from '../values/hidden-text.ts';
import { hashesOf } from '../values/value-hash.ts';
import { CopySource } from './copy-source.ts';
import { isDamaged } from './failure.ts';
import { openForReading, openForWriting, setAside } from './open-journal.ts';
import { prune } from './prune.ts';
import { lastSeq, listed, select } from './select.ts';

const INSERT = `INSERT INTO record (key, time, app, message, outcome, stranger, doc)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE
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
  readonly #hashes: readonly Hide[];

  /** @throws Error there is none, or it may not be read */
  constructor(file: string) {
    this.#db = openForReading(file);
    this.#hashes = hashesOf(file);
  }

  async select(query: JournalQuery): Promise<readonly StoredRecord[]> {
    return select(this.#db, query, this.#hashes);
  }

  async last(): Promise<number> {
    return lastSeq(this.#db);
  }

  async close(): Promise<void> {
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
  readonly #insertLookup: Statement;
  readonly #insertIntent: Statement;
  readonly #tell: Statement;
  readonly #forgetIntents: Statement;
  readonly #find: Statement;
  readonly #outcome: Statement;
  readonly #audit: AuditTable | undefined;
  #copies: CopySource | undefined;
  #log: number | undefined;
  #syncing: Promise<unknown> = Promise.resolve();

  /** @param auditKey  changes are entered in the audit log too, in the same transaction @throws Error */
  constructor(file: string, auditKey?: Buffer) {
    this.#file = file;
    this.#db = openForWriting(file);
    this.#audit = auditKey ? new AuditTable(this.#db, auditKey) : undefined;
    this.#inode = inodeOf(file);
    this.#insert = this.#db.prepare(`${INSERT} RETURNING seq`).pluck();
    this.#carry = this.#db.prepare(`${CARRY} RETURNING seq`).pluck();
    this.#insertLookup = this.#db.prepare('INSERT OR REPLACE INTO lookup (seq, ref, about) VALUES (?, ?, ?)');
    this.#insertIntent = this.#db.prepare('INSERT INTO intent (app, key, about, plan, doc) VALUES (?, ?, ?, ?, ?)');
    this.#tell = this.#db.prepare('UPDATE intent SET outcome = ?, words = ? WHERE seq = ?');
    this.#forgetIntents = this.#db.prepare('DELETE FROM intent WHERE key = ?');
    this.#find = this.#db.prepare('SELECT doc FROM record WHERE key = ?').pluck();
    this.#outcome = this.#db.prepare('SELECT outcome FROM record WHERE key = ?').pluck();
  }

  write({ records, carried = [], intents, told }: Batch): readonly number[] {
    // The system goes on writing to a file that was deleted, and nobody would find again what is in it.
    if (inodeOf(this.#file) !== this.#inode) throw new Error('it was moved or replaced; a new one is begun');
    try {
      return this.#db
        .transaction(() => {
          const news = [
            ...records.filter((entry) => this.#add(this.#insert, entry)),
            ...carried.filter((entry) => this.#add(this.#carry, entry)),
          ];
          this.#audit?.append(...news.flatMap(({ record }) => auditOf(record) ?? []));
          for (const { intent, outcome, words } of told) this.#tell.run(outcome, words ?? null, intent);
          return intents.map((intent) => this.#announce(intent));
        })
        .immediate();
    } catch (error) {
      if (isDamaged(error)) setAside(this.#file);
      throw error;
    }
  }

  sync(): Promise<void> {
    // SQLite locks the database and the index of its log, never the log itself: closing this loses no lock.
    this.#log ??= openSync(`${this.#file}-wal`, 'r+');
    const now = promisify(fdatasync)(this.#log);
    this.#syncing = Promise.allSettled([this.#syncing, now]);
    return now;
  }

  select(query: JournalQuery): readonly StoredRecord[] {
    return select(this.#db, query, hashesOf(this.#file));
  }

  openIntents(): readonly OpenIntent[] {
    const rows = this.#db
      .prepare('SELECT seq, app, key, about, plan, doc, outcome, words FROM intent ORDER BY seq')
      .raw(true)
      .all() as readonly (readonly [
      number,
      string,
      string,
      string,
      string,
      string,
      WriteOutcome | null,
      string | null,
    ])[];
    return rows.map(([seq, app, key, about, plan, doc, outcome, words]) => ({
      seq,
      app,
      key,
      about: JSON.parse(about),
      write: JSON.parse(plan),
      record: JSON.parse(doc),
      ...(outcome === null ? {} : { outcome }),
      ...(words === null ? {} : { words }),
    }));
  }

  find(key: string): JournalRecord | undefined {
    const doc = this.#find.get(key);
    return typeof doc === 'string' ? JSON.parse(doc) : undefined;
  }

  copies(): CopySource {
    this.#copies ??= new CopySource(this.#db);
    return this.#copies;
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

  /** @returns whether it says what did not stand there yet: told again, it is no second change */
  #add(statement: Statement, { key, about, record, announced }: Entry): boolean {
    const { ref, time, app, message, outcome } = record;
    const doc = JSON.stringify(record);
    const stranger = Number(isStranger(record));
    const known = this.#audit && this.#outcome.get(key);
    const seq = statement.get(key, Date.parse(time), app, message, outcome, stranger, doc);
    if (seq !== undefined) this.#insertLookup.run(seq, ref, listed(about));
    if (announced === 'over') this.#forgetIntents.run(key);
    return seq !== undefined && known !== outcome;
  }

  #announce({ app, key, about, write, record }: NewIntent): number {
    const texts = [app, key, JSON.stringify(about), JSON.stringify(write), JSON.stringify(record)];
    return Number(this.#insertIntent.run(...texts).lastInsertRowid);
  }
}
