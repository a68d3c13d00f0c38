import { statementsOf } from '../../sql/statements.ts';
import type { Outbox, OutboxItem, StoredChange, Trail } from '../../trail.ts';
import type { Connection } from '../connection/connection.ts';
import { translated } from '../connection/sqlite-errors.ts';

/** Leaves the record of a change in its transaction. */
export type Leave = (change: StoredChange) => void;

/** Records in a table beside the people, written and taken away in transactions that are made anyway. */
export class TableOutbox implements Outbox {
  readonly #connection: Connection;
  /** Given here and not by SQLite, which would give the numbers of an emptied table again. */
  #last: number;
  #dropped = 0;
  #toDrop = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#last = connection.row<readonly [number | null]>('SELECT max(seq) FROM outbox')?.[0] ?? 0;
  }

  /** What a change is told to in its transaction; `undefined` where no record is kept. */
  leaving(trail: Trail | undefined): Leave | undefined {
    if (!trail) return undefined;
    return (change) => {
      this.#last += 1;
      for (const statement of statementsOf(change, 'INSERT OR REPLACE INTO')) trail.sent(statement);
      const text = trail.enclose(change, this.#last, this);
      this.#connection.run('INSERT INTO outbox VALUES (?, ?)', this.#last, text);
    };
  }

  async waiting(most: number, after = 0): Promise<readonly OutboxItem[]> {
    const text = 'SELECT seq, text FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?';
    const rows = translated(() => this.#connection.rows<readonly [number, string]>(text, after, most));
    return rows.map(([seq, item]) => ({ seq, text: item }));
  }

  drop(seq: number): void {
    this.#toDrop = Math.max(this.#toDrop, seq);
  }

  /** To be run inside a transaction, before it is committed. */
  sweep(): void {
    if (this.#toDrop <= this.#dropped) return;
    this.#connection.run('DELETE FROM outbox WHERE seq <= ?', this.#toDrop);
    // Were the transaction undone, these go with the next ones.
    this.#dropped = this.#toDrop;
  }
}
