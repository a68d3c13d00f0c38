import { join } from 'node:path';
import Database from 'better-sqlite3';

const document = (n: number): string => JSON.stringify({ userName: `bare${n}`, displayName: 'x'.repeat(500) });

/** Raw SQLite with our durability: one row a commit, one after the other. */
export class RawCommits {
  readonly #database: Database.Database;
  #next = 0;

  constructor(folder: string) {
    this.#database = new Database(join(folder, 'floor.db'));
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = FULL');
    this.#database.exec('CREATE TABLE user (seq INTEGER PRIMARY KEY, name TEXT UNIQUE, doc TEXT)');
  }

  /** Commits per second. */
  rate(seconds: number): number {
    const insert = this.#database.prepare('INSERT INTO user (name, doc) VALUES (?, ?)');
    const started = performance.now();
    let rows = 0;
    for (; performance.now() - started < seconds * 1000; rows += 1) {
      insert.run(`bare${this.#next}`, document(this.#next));
      this.#next += 1;
    }
    return rows / ((performance.now() - started) / 1000);
  }

  close(): void {
    this.#database.close();
  }
}
