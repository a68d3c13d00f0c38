import type { Database, Statement } from 'better-sqlite3';
import { heldKey, MOST_HELD } from '../held-key.ts';
import type { Hold } from '../ledger.ts';
import type { HeldRequest } from '../share.ts';

/** Open holds and the requests that they hold. Called within transactions. */
export class HeldRows {
  readonly #open: Statement;
  readonly #all: Statement;
  readonly #begin: Statement;
  readonly #again: Statement;
  readonly #size: Statement;
  readonly #add: Statement;
  readonly #beyond: Statement;

  constructor(db: Database) {
    this.#open = db.prepare('SELECT id, app, kind, scope, text, opened FROM hold WHERE app = ? AND ended IS NULL');
    this.#all = db.prepare('SELECT id, app, kind, scope, text, opened FROM hold WHERE ended IS NULL ORDER BY id');
    this.#begin = db.prepare('INSERT INTO hold (app, kind, scope, text, opened) VALUES (?, ?, ?, ?, ?)');
    this.#again = db.prepare('UPDATE held SET last = ?, times = times + 1, doc = ? WHERE hold = ? AND key = ?');
    this.#size = db.prepare('SELECT count(*) FROM held WHERE hold = ?').pluck();
    this.#add = db.prepare('INSERT INTO held (hold, key, first, last, times, doc) VALUES (?, ?, ?, ?, 1, ?)');
    this.#beyond = db.prepare('UPDATE hold SET beyond = beyond + 1 WHERE id = ?');
  }

  openHold(app: string): Hold | undefined {
    return this.#open.get(app) as Hold | undefined;
  }

  openHolds(): readonly Hold[] {
    return this.#all.all() as Hold[];
  }

  begin(hold: Omit<Hold, 'id'>): Hold {
    const { app, kind, scope, text, opened } = hold;
    const { lastInsertRowid } = this.#begin.run(app, kind, scope, text, opened);
    return { ...hold, id: Number(lastInsertRowid) };
  }

  keep(hold: number, request: HeldRequest, now: number): void {
    const key = heldKey(request);
    const doc = JSON.stringify(request);
    if (this.#again.run(now, doc, hold, key).changes > 0) return;
    if (Number(this.#size.get(hold)) >= MOST_HELD) this.#beyond.run(hold);
    else this.#add.run(hold, key, now, now, doc);
  }
}
