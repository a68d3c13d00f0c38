import type { Database } from '../../postgres/database.ts';
import type { Session } from '../../postgres/session.ts';
import { keptMode } from '../decision.ts';
import type { Desk } from '../desk.ts';
import { type Decision, DecisionError, type KeptHold, type KeptMode, type KeptRequest } from '../kept-hold.ts';
import type { Caller, Mode } from '../ledger.ts';
import type { HeldRequest } from '../share.ts';
import { decide, setMode } from './deciding.ts';
import { wordsFor } from './failure.ts';
import { type AnyRows, keptHold, keptHolds, openHold } from './kept-rows.ts';

/** How long an operator waits. Unit: ms. */
const PATIENCE = 5000;

const REQUESTS = 'SELECT first, last, times, doc FROM scim.held WHERE hold = $1 ORDER BY first, seq';
const MODE = 'SELECT read_only, actor, reason, since FROM scim.hold_app WHERE name = $1';

/** The desk over tables that several connectors have together: what is decided here is in force for all of them. */
export class DeskTables implements Desk {
  readonly #database: Database;

  /** Of whoever opened it. */
  constructor(database: Database) {
    this.#database = database;
  }

  holds(): Promise<readonly KeptHold[]> {
    return said(() => keptHolds(this.#rows));
  }

  hold(id: number): Promise<KeptHold | undefined> {
    return said(() => keptHold(this.#rows, id));
  }

  requests(hold: number): Promise<readonly KeptRequest[]> {
    return said(async () => {
      const rows = await this.#rows<readonly [number, number, number, string]>(REQUESTS, hold);
      return rows.map(([first, last, times, doc]) => ({ ...(JSON.parse(doc) as HeldRequest), first, last, times }));
    });
  }

  release(id: number, decision: Decision): Promise<KeptHold> {
    return this.#transaction((session) => decide(session, id, 'released', decision));
  }

  reject(id: number, decision: Decision): Promise<KeptHold> {
    return this.#transaction((session) => decide(session, id, 'rejected', decision));
  }

  mode(app: string): Promise<KeptMode> {
    return said(async () => {
      const [[row], open] = await Promise.all([
        this.#rows<readonly [boolean, string, string, number]>(MODE, app),
        openHold(this.#rows, app),
      ]);
      const [isReadOnly = false, actor = '', reason = '', since = 0] = row ?? [];
      return keptMode(app, { isReadOnly, actor, reason, since }, open);
    });
  }

  async setModes(apps: readonly string[], mode: Mode, decision: Decision): Promise<readonly KeptMode[]> {
    await this.#transaction(async (session) => {
      // In one order, whoever sets several.
      for (const app of [...apps].sort()) {
        await setMode(session, app, mode, decision);
      }
    });
    return Promise.all(apps.map((app) => this.mode(app)));
  }

  /** The database is closed by whoever opened it. */
  close(): void {}

  readonly #rows: AnyRows = (text, ...params) => this.#database.rows(patiently(), text, ...params);

  #transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return said(() => this.#database.transaction(patiently(), work));
  }
}

const patiently = (): Caller => ({ signal: AbortSignal.timeout(PATIENCE) });

/** @throws DecisionError; Error in plain words */
async function said<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DecisionError ? error : new Error(wordsFor(error), { cause: error });
  }
}
