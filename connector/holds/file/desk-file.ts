import type { Database } from 'better-sqlite3';
import { decidable, decidedShares, keptMode, ORDERED, type Outcome, requireSettable } from '../decision.ts';
import type { Desk } from '../desk.ts';
import {
  type Decision,
  DecisionError,
  type KeptHold,
  type KeptMode,
  type KeptRequest,
  VERDICT_LASTS,
} from '../kept-hold.ts';
import type { Mode } from '../ledger.ts';
import type { HeldRequest } from '../share.ts';
import { inWords } from './failure.ts';
import { HeldRows } from './held-rows.ts';
import { openHolds } from './open-holds.ts';

interface HoldRow extends Omit<KeptHold, 'ended' | 'outcome' | 'actor' | 'reason'> {
  readonly ended: number | null;
  readonly outcome: 'released' | 'rejected' | null;
  readonly actor: string | null;
  readonly reason: string | null;
}

const HOLDS = `SELECT id, app, kind, scope, text, opened, ended, outcome, actor, reason, beyond,
  (SELECT count(*) FROM held WHERE held.hold = hold.id) AS requests FROM hold`;

/** A column without a value is a property that is not there. */
const given = <T extends object>(row: T): object =>
  Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null));

/** How long another process is waited for. Unit: ms. */
const PATIENCE = 5000;

/** The desk as one SQLite file. */
export class DeskFile implements Desk {
  readonly #db: Database;
  readonly #now: () => number;

  /** @throws Error */
  constructor(file: string, now: () => number = Date.now) {
    this.#now = now;
    this.#db = said(() => openHolds(file, PATIENCE));
    // What is decided is there also after a power cut.
    this.#db.pragma('synchronous = FULL');
  }

  holds(): readonly KeptHold[] {
    return said(() => (this.#db.prepare(`${HOLDS} ORDER BY id DESC`).all() as HoldRow[]).map(given)) as KeptHold[];
  }

  hold(id: number): KeptHold | undefined {
    return said(() => {
      const row = this.#db.prepare(`${HOLDS} WHERE id = ?`).get(id) as HoldRow | undefined;
      return row && (given(row) as KeptHold);
    });
  }

  requests(hold: number): readonly KeptRequest[] {
    return said(() => {
      const rows = this.#db
        .prepare('SELECT first, last, times, doc FROM held WHERE hold = ? ORDER BY first, rowid')
        .all(hold);
      return (rows as { first: number; last: number; times: number; doc: string }[]).map(({ doc, ...times }) => ({
        ...(JSON.parse(doc) as HeldRequest),
        ...times,
      }));
    });
  }

  release(id: number, decision: Decision): KeptHold {
    return this.#decide(id, 'released', decision);
  }

  reject(id: number, decision: Decision): KeptHold {
    return this.#decide(id, 'rejected', decision);
  }

  mode(app: string): KeptMode {
    return said(() => {
      const row = this.#db.prepare('SELECT read_only, actor, reason, since FROM app WHERE name = ?').get(app) as
        | { read_only: number; actor: string; reason: string; since: number }
        | undefined;
      return keptMode(app, row && { ...row, isReadOnly: row.read_only === 1 }, new HeldRows(this.#db).openHold(app));
    });
  }

  setModes(apps: readonly string[], mode: Mode, decision: Decision): readonly KeptMode[] {
    this.#inTransaction(() => {
      for (const app of apps) this.#setMode(app, mode, decision);
    });
    return apps.map((app) => this.mode(app));
  }

  close(): void {
    this.#db.close();
  }

  #setMode(app: string, mode: Mode, decision: Decision): void {
    const rows = new HeldRows(this.#db);
    const open = rows.openHold(app);
    requireSettable(app, mode, open);
    if (mode !== 'hold' && open?.kind === 'ordered') this.#end(open.id, 'released', decision);
    const text = decision.reason ?? ORDERED;
    if (mode === 'hold' && !open) rows.begin({ app, kind: 'ordered', scope: '', text, opened: this.#now() });
    this.#db
      .prepare(
        `INSERT INTO app (name, read_only, actor, reason, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
           SET read_only = excluded.read_only, actor = excluded.actor, reason = excluded.reason, since = excluded.since`,
      )
      .run(app, mode === 'read-only' ? 1 : 0, decision.actor, decision.reason ?? '', this.#now());
  }

  #decide(id: number, outcome: Outcome, decision: Decision): KeptHold {
    return this.#inTransaction(() => {
      const hold = decidable(id, this.hold(id), outcome);
      const until = this.#now() + VERDICT_LASTS;
      const { app } = hold;
      if (outcome === 'released')
        this.#db.prepare('DELETE FROM event WHERE app = ? AND kind = ? AND scope = ?').run(app, hold.kind, hold.scope);
      const judge = this.#db.prepare(
        'INSERT OR REPLACE INTO verdict (app, kind, scope, key, outcome, hold, until) VALUES (?, ?, ?, ?, ?, ?, ?)',
      );
      for (const { kind, scope, key } of decidedShares(hold, outcome, this.requests(id)))
        judge.run(app, kind, scope, key, outcome, id, until);
      this.#db
        .prepare(
          `INSERT INTO app (name, verdicts_until) VALUES (?, ?)
           ON CONFLICT DO UPDATE SET verdicts_until = excluded.verdicts_until`,
        )
        .run(app, until);
      this.#end(id, outcome, decision);
      return this.hold(id) as KeptHold;
    });
  }

  #end(id: number, outcome: string, { actor, reason }: Decision): void {
    this.#db
      .prepare('UPDATE hold SET ended = ?, outcome = ?, actor = ?, reason = ? WHERE id = ?')
      .run(this.#now(), outcome, actor, reason ?? null, id);
  }

  #inTransaction<T>(work: () => T): T {
    return said(() => this.#db.transaction(work).immediate());
  }
}

function said<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof DecisionError ? error : inWords(error);
  }
}
