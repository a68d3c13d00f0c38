import { KeyedMutex } from '../../concurrency/keyed-mutex.ts';
import { BriefDatabase } from '../../postgres/brief-database.ts';
import type { Database } from '../../postgres/database.ts';
import type { Session } from '../../postgres/session.ts';
import { shortKey } from '../../postgres/storable.ts';
import { judge } from '../judgement.ts';
import type { Answer, Asked, Caller, Hold, Ledger, Standing } from '../ledger.ts';
import type { HeldRequest, Share } from '../share.ts';
import { count, lookAt } from './counting.ts';
import { notCounted } from './failure.ts';
import { beginHold, keepHeld } from './held-rows.ts';
import { openHolds } from './kept-rows.ts';
import { lockApp } from './lock.ts';
import { pruneHolds } from './prune.ts';
import { shortShare } from './short-share.ts';
import { Standings } from './standings.ts';
import { sumSince } from './sums.ts';

/** Unit: ms. */
const PATIENCE = 3000;

const SUM = `WITH moment AS MATERIALIZED (SELECT scim.now_ms() AS now)
  SELECT ${sumSince('moment.now - $4', 'it.app = $1 AND it.kind = $2 AND it.scope = $3')} FROM moment`;

const BACK = `WITH line AS (SELECT * FROM json_to_recordset($2::json) AS line(kind text, scope text, key text)),
  gone AS (DELETE FROM scim.hold_event it USING line
    WHERE it.app = $1 AND it.kind = line.kind AND it.scope = line.scope AND it.key = line.key AND it.claims <= 1)
  UPDATE scim.hold_event it SET claims = it.claims - 1 FROM line
    WHERE it.app = $1 AND it.kind = line.kind AND it.scope = line.scope AND it.key = line.key AND it.claims > 1`;

/** The ledger as tables that several connectors have together. What it throws is a ScimError where the database is away. */
export class LedgerTables implements Ledger {
  readonly #database: BriefDatabase;
  /** For what no request waits for. */
  readonly #unhurried: Database;
  readonly #standings: Standings;
  /** Who would only wait for the lock of an app takes no connection for it. */
  readonly #turns = new KeyedMutex();

  /** Of whoever opened it. */
  constructor(database: Database) {
    this.#unhurried = database;
    this.#database = new BriefDatabase(database, PATIENCE);
    this.#standings = new Standings(this.#database);
  }

  standing(_: Caller, app: string): Promise<Standing> {
    return said(() => this.#standings.of(app));
  }

  counted(
    caller: Caller,
    app: string,
    { kind, scope }: Pick<Share, 'kind' | 'scope'>,
    window: number,
  ): Promise<number> {
    return said(async () => {
      const [row] = await this.#database.rows<readonly [number]>(caller, SUM, app, kind, shortKey(scope), window);
      return row?.[0] ?? 0;
    });
  }

  claim(caller: Caller, asked: Asked): Promise<Answer> {
    return this.#locked(caller, asked.app, async (session) => {
      const { now, hold, tally, sizes } = await lookAt(session, asked);
      if (hold) {
        await keepHeld(session, hold.id, asked.request());
        return { outcome: 'held', hold, isNew: false };
      }
      const judged = judge(asked, tally);
      const counted = judged.outcome === 'granted' ? judged.counted.map(shortShare) : [];
      const counting = count(session, asked.app, [...counted, ...sizes], {
        now,
        isLasting: judged.outcome === 'exceeded',
      });
      // It travels with the commit, which fails where it fails.
      counting.catch(() => undefined);
      if (judged.outcome !== 'exceeded') return judged;
      const { kind, scope, text } = judged;
      const tripped = await beginHold(session, { app: asked.app, kind, scope, text, opened: now });
      await keepHeld(session, tripped.id, asked.request());
      return { outcome: 'held', hold: tripped, isNew: true };
    });
  }

  giveBack(caller: Caller, app: string, shares: readonly Share[]): Promise<void> {
    return this.#locked(caller, app, async (session) => {
      await session.run(BACK, app, JSON.stringify(shares.map(shortShare)));
    });
  }

  keep(caller: Caller, hold: number, request: HeldRequest): Promise<void> {
    return said(() =>
      keepHeld({ run: (text, ...params) => this.#database.run(caller, text, ...params) }, hold, request),
    );
  }

  holds(caller: Caller): Promise<readonly Hold[]> {
    return said(() => openHolds((text, ...params) => this.#database.rows(caller, text, ...params)));
  }

  prune(caller: Caller): Promise<void> {
    return said(() => pruneHolds(this.#unhurried, caller));
  }

  /** The database is closed by whoever opened it. */
  close(): void {}

  #locked<T>(caller: Caller, app: string, work: (session: Session) => Promise<T>): Promise<T> {
    const locked = async (session: Session): Promise<T> => {
      // One after the other, and on their way together.
      const [, result] = await Promise.all([lockApp(session, app), work(session)]);
      return result;
    };
    return said(() => this.#turns.run(app, () => this.#database.transaction(caller, locked)));
  }
}

/** @throws ScimError in the operator's words */
async function said<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw notCounted(error);
  }
}
