import { statSync } from 'node:fs';
import type { Database, Statement } from 'better-sqlite3';
import { judge, type Verdict } from '../judgement.ts';
import { type Answer, type Asked, type Caller, type Hold, type Ledger, LedgerBusy, type Standing } from '../ledger.ts';
import type { HeldRequest, Share } from '../share.ts';
import { inWords } from './failure.ts';
import { HeldRows } from './held-rows.ts';
import { openHolds } from './open-holds.ts';
import { prune } from './prune.ts';

export interface LedgerOptions {
  readonly file: string;
  /** How long a lock is waited for. Unit: ms; 0 for a process that others wait for. */
  readonly patience?: number;
  /** Unit: ms since 1970. */
  readonly now?: () => number;
}

type StandingRow = readonly [
  readOnly: number | null,
  until: number | null,
  id: number | null,
  kind: Hold['kind'] | null,
  scope: string | null,
  text: string | null,
  opened: number | null,
];

type VerdictRow = readonly [outcome: Verdict['outcome'], hold: number];

const STANDING = `SELECT app.read_only, app.verdicts_until, hold.id, hold.kind, hold.scope, hold.text, hold.opened
  FROM (SELECT ? AS name) AS asked LEFT JOIN app ON app.name = asked.name
  LEFT JOIN hold ON hold.app = asked.name AND hold.ended IS NULL`;
const SUM = `SELECT coalesce(sum(amount), 0) FROM event WHERE app = ? AND kind = ? AND scope = ? AND at > ?`;
const COUNT = `INSERT INTO event (app, kind, scope, key, amount, claims, at) VALUES (?, ?, ?, ?, ?, 1, ?)
  ON CONFLICT DO UPDATE SET claims = claims + 1, amount = excluded.amount, at = max(at, excluded.at)`;

/** How often it is looked whether the file is still there. Unit: ms. */
const LOOK_EVERY = 1000;

/** Empty when there is none, or when it cannot be looked at. */
function inodeOf(file: string): string {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return '';
  }
}

interface Statements {
  readonly db: Database;
  readonly inode: string;
  readonly standing: Statement;
  readonly sum: Statement;
  readonly known: Statement;
  readonly count: Statement;
  readonly back: Statement;
  readonly drop: Statement;
  readonly verdict: Statement;
  readonly held: HeldRows;
}

/** The ledger as one SQLite file. It is opened when it is needed, and anew after a failure or when it was moved away. */
export class LedgerFile implements Ledger {
  readonly #options: LedgerOptions;
  #open: Statements | undefined;
  #looked = 0;
  #failed: { readonly at: number; readonly failure: Error } | undefined;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  standing(_: Caller, app: string): Standing {
    return this.#do(({ standing }) => {
      const [readOnly, until, id, kind, scope, text, opened] = standing.get(app) as StandingRow;
      const hold = { id: id ?? 0, app, kind: kind ?? 'ordered', scope: scope ?? '', text: text ?? '' } as const;
      return {
        isReadOnly: readOnly === 1,
        hasVerdicts: (until ?? 0) > this.#now(),
        ...(id === null ? {} : { hold: { ...hold, opened: opened ?? 0 } }),
      };
    });
  }

  counted(_: Caller, app: string, { kind, scope }: Pick<Share, 'kind' | 'scope'>, window: number): number {
    return this.#do(({ sum }) => (sum.get(app, kind, scope, this.#now() - window) as [number])[0]);
  }

  claim(_: Caller, asked: Asked): Answer {
    return this.#do((statements) => {
      const answer = statements.db.transaction(() => this.#claim(statements, asked)).immediate();
      // What is counted may be lost with the power, by a few; that an app is held may not.
      if (answer.outcome === 'held' && answer.isNew) statements.db.pragma('wal_checkpoint(PASSIVE)');
      return answer;
    });
  }

  giveBack(_: Caller, app: string, shares: readonly Share[]): void {
    this.#do(({ db, back, drop }) =>
      db
        .transaction(() => {
          for (const { kind, scope, key } of shares) {
            back.run(app, kind, scope, key);
            drop.run(app, kind, scope, key);
          }
        })
        .immediate(),
    );
  }

  keep(_: Caller, hold: number, request: HeldRequest): void {
    this.#do(({ db, held }) => db.transaction(() => held.keep(hold, request, this.#now())).immediate());
  }

  holds(): readonly Hold[] {
    return this.#do(({ held }) => held.openHolds());
  }

  prune(): void {
    this.#do(({ db }) => prune(db, this.#now()));
  }

  close(): void {
    this.#open?.db.close();
    this.#open = undefined;
  }

  #claim({ held, verdict, sum, known, count }: Statements, asked: Asked): Answer {
    const { app, limits, request } = asked;
    const now = this.#now();
    const from = now - limits.window;
    const open = held.openHold(app);
    if (open) {
      held.keep(open.id, request(), now);
      return { outcome: 'held', hold: open, isNew: false };
    }
    const judged = judge(asked, {
      verdict: ({ kind, scope, key }) => {
        const [outcome, hold] = (verdict.get(app, kind, scope, key, now) as VerdictRow | undefined) ?? [];
        return outcome === undefined ? undefined : { outcome, hold: hold ?? 0 };
      },
      sum: ({ kind, scope }) => (sum.get(app, kind, scope, from) as [number])[0],
      own: ({ kind, scope, key }) => (known.get(app, kind, scope, key, from) as [number] | undefined)?.[0] ?? 0,
      size: (group) => (known.get(app, 'size', group, group, from) as [number] | undefined)?.[0],
      sized: (group, size) => count.run(app, 'size', group, group, size, now),
    });
    if (judged.outcome === 'granted')
      for (const { kind, scope, key, amount } of judged.counted) count.run(app, kind, scope, key, amount, now);
    if (judged.outcome !== 'exceeded') return judged;
    const { kind, scope, text } = judged;
    const tripped = held.begin({ app, kind, scope, text, opened: now });
    held.keep(tripped.id, request(), now);
    return { outcome: 'held', hold: tripped, isNew: true };
  }

  #do<T>(work: (statements: Statements) => T): T {
    try {
      return work(this.#ready());
    } catch (error) {
      const failure = inWords(error);
      // Behind a lock it is as good as before.
      if (!(failure instanceof LedgerBusy)) this.#fail(failure);
      throw failure;
    }
  }

  #ready(): Statements {
    const now = performance.now();
    if (this.#failed && now - this.#failed.at < LOOK_EVERY) throw this.#failed.failure;
    const { file, patience = 0 } = this.#options;
    if (this.#open && now - this.#looked > LOOK_EVERY) {
      this.#looked = now;
      // The system goes on writing to a file that was moved, and nobody else would see what is in it.
      if (inodeOf(file) !== this.#open.inode) this.#shut();
    }
    if (this.#open) return this.#open;
    const db = openHolds(file, patience);
    const prepare = (text: string): Statement => {
      const statement = db.prepare(text);
      return statement.reader ? statement.raw(true) : statement;
    };
    const one = 'app = ? AND kind = ? AND scope = ? AND key = ?';
    this.#open = {
      ...{ db, inode: inodeOf(file), standing: prepare(STANDING), sum: prepare(SUM), count: prepare(COUNT) },
      known: prepare(`SELECT amount FROM event WHERE ${one} AND at > ?`),
      back: prepare(`UPDATE event SET claims = claims - 1 WHERE ${one}`),
      drop: prepare(`DELETE FROM event WHERE ${one} AND claims < 1`),
      verdict: prepare(`SELECT outcome, hold FROM verdict WHERE ${one} AND until > ?`),
      held: new HeldRows(db),
    };
    return this.#open;
  }

  #fail(failure: Error): void {
    // Told of once already, unless it is a new one: then it is not looked at again with every write.
    if (this.#failed?.failure !== failure) this.#failed = { at: performance.now(), failure };
    this.#shut();
  }

  #shut(): void {
    try {
      this.close();
    } catch {
      this.#open = undefined;
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
