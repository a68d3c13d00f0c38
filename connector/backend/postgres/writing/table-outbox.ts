import type { Database, Session } from '../../../postgres/database.ts';
import { statementsOf } from '../../sql/statements.ts';
import type { Outbox, OutboxItem, StoredChange, Trail } from '../../trail.ts';

/** Leaves the record of a change in its transaction. */
export type Leave = (change: StoredChange) => Promise<void>;

/** Numbers that one connector takes at a time; no other has them. */
const RANGE = 2 ** 20;
/** More than there are changes at a time. */
const SPARE = 10_000;
/** Unit: ms. */
const PATIENCE = 10_000;

/** Records in a table beside the people, each of the connector that made the change. */
export class TableOutbox implements Outbox {
  readonly #database: Database;
  readonly #node: string;
  #last = 0;
  #end = 0;
  #taking: Promise<void> | undefined;
  #toDrop = 0;
  #dropped = 0;

  constructor(database: Database, node: string) {
    this.#database = database;
    this.#node = node;
  }

  get node(): string {
    return this.#node;
  }

  /** To be waited for before records are numbered. @throws unavailable */
  async ready(): Promise<void> {
    if (this.#end - this.#last > SPARE) return;
    this.#taking ??= this.#take().finally(() => {
      this.#taking = undefined;
    });
    await this.#taking;
  }

  async #take(): Promise<void> {
    const text = "SELECT nextval('scim.outbox_range'::regclass)";
    const [[range] = [0]] = await this.#database.rows<readonly [number]>(ours(), text);
    this.#last = range * RANGE;
    this.#end = this.#last + RANGE;
  }

  /** The record of a change, and the number to store it under. */
  record(trail: Trail, change: StoredChange): OutboxItem {
    this.#last += 1;
    const seq = this.#last;
    for (const statement of statementsOf(change)) trail.sent(statement);
    return { seq, text: trail.enclose(change, seq, this) };
  }

  /** What a change is told to in its transaction; `undefined` where no record is kept. */
  leaving(session: Session, trail: Trail | undefined): Leave | undefined {
    if (!trail) return undefined;
    return async (change) => {
      const { seq, text } = this.record(trail, change);
      await session.run('INSERT INTO scim.outbox (node, seq, text) VALUES ($1, $2, $3)', this.#node, seq, text);
    };
  }

  async waiting(most: number, after = 0): Promise<readonly OutboxItem[]> {
    const text = 'SELECT seq, text FROM scim.outbox WHERE node = $1 AND seq > $2 ORDER BY seq LIMIT $3';
    const rows = await this.#database.rows<readonly [number, string]>(ours(), text, this.#node, after, most);
    return rows.map(([seq, item]) => ({ seq, text: item }));
  }

  drop(seq: number): void {
    this.#toDrop = Math.max(this.#toDrop, seq);
  }

  /**
   * Up to where records may go, for one transaction to take them along: two that take the same ones away would wait for
   * each other. What it does not bring about is the next one's.
   */
  claim(): Sweep {
    const before = this.#dropped;
    const upTo = this.#toDrop > before ? this.#toDrop : undefined;
    if (upTo !== undefined) this.#dropped = upTo;
    return {
      after: before,
      upTo,
      giveBack: () => {
        if (upTo !== undefined) this.#dropped = Math.min(this.#dropped, before);
      },
    };
  }

  /** In a transaction, last: the records that `sweep` may take. */
  async sweep(session: Pick<Session, 'run'>, { after, upTo }: Sweep): Promise<void> {
    const text = 'DELETE FROM scim.outbox WHERE node = $1 AND seq > $2 AND seq <= $3';
    if (upTo !== undefined) await session.run(text, this.#node, after, upTo);
  }

  /** All that may go. @throws unavailable */
  async empty(): Promise<void> {
    await this.sweep({ run: (text, ...params) => this.#database.run(ours(), text, ...params) }, this.claim());
  }
}

/** Records that a transaction takes along. */
export interface Sweep {
  readonly after: number;
  /** Absent: there are none. */
  readonly upTo: number | undefined;
  /** They were not taken. */
  giveBack(): void;
}

const ours = () => ({ signal: AbortSignal.timeout(PATIENCE) });
