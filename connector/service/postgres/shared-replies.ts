import { LRUCache } from 'lru-cache';
import type { Call } from '../../backend/backend.ts';
import { Gathering } from '../../concurrency/gathering.ts';
import { BriefDatabase } from '../../postgres/brief-database.ts';
import type { Database } from '../../postgres/database.ts';
import { shortKey } from '../../postgres/storable.ts';
import { type FirstReplies, REMEMBERED } from '../first-replies.ts';

const HOUR = 3_600_000;
/** Okta repeats for 34 hours. Unit: ms. */
const LASTS = 48 * HOUR;
/** By how much clocks of stores may be wrong. Unit: ms. */
const MARGIN = HOUR;
/** So long it is believed that nobody waits for the reply: its maker may not have said yet that he does. Unit: ms. */
const BELIEVED = 60_000;
/** What is too old or too much is forgotten after so many new ones. */
const FORGET_EVERY = 1000;

/** Longest that a request waits for it. Unit: ms. */
const PATIENCE = 1000;

/** Nobody waits for the disk: what a power cut takes was a retry at most. */
const EASY = "WITH easy AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))";
const EXPECT = `${EASY} INSERT INTO scim.first_reply (app, id, made)
  SELECT $1, id, scim.now_ms() FROM easy, json_array_elements_text($2::json) AS made(id)
  ON CONFLICT (app, id) DO UPDATE SET made = excluded.made, arrived = false`;
const ARRIVE = `${EASY} UPDATE scim.first_reply SET arrived = true FROM easy WHERE app = $1 AND id = $2 AND NOT arrived`;
const ARRIVED = 'SELECT arrived FROM scim.first_reply WHERE app = $1 AND id = $2';
const FORGET = `DELETE FROM scim.first_reply WHERE app = $1 AND (made < scim.now_ms() - $2::bigint OR made < (
  SELECT made FROM scim.first_reply WHERE app = $1 ORDER BY made DESC OFFSET ${REMEMBERED} LIMIT 1))`;

/** What this connector knows itself. */
interface Known {
  /** The others know of it too, or need not. */
  readonly isTold: boolean;
  readonly arrived: boolean;
}

/** Those of all connectors that serve an app. What the database is not told of is known to this one. */
export class SharedReplies implements FirstReplies {
  readonly #database: BriefDatabase;
  readonly #app: string;
  readonly #known = new LRUCache<string, Known>({ max: REMEMBERED });
  readonly #expecting: Gathering<string, unknown>;
  #made = 0;

  constructor(database: BriefDatabase, app: string) {
    this.#database = database;
    this.#app = app;
    this.#expecting = new Gathering((ids) =>
      database.run({ signal: new AbortController().signal }, EXPECT, app, JSON.stringify([...new Set(ids)])),
    );
  }

  async expect(_: Call, id: string): Promise<void> {
    this.#known.set(id, { isTold: false, arrived: false });
    await this.#expecting.ask(shortKey(id)).catch(() => undefined);
    this.#made += 1;
    if (this.#made % FORGET_EVERY === 0) void this.#forget();
  }

  /** What is known to be old, or settled, asks nobody. */
  async arrive(call: Call, id: string, created?: string): Promise<void> {
    const known = this.#known.peek(id);
    if (known?.isTold) return;
    if (!known && created !== undefined && Date.now() - Date.parse(created) > LASTS + MARGIN) return;
    const isMade = known !== undefined;
    try {
      const changed = await this.#database.run(call, ARRIVE, this.#app, shortKey(id));
      const arrived = isMade || changed > 0;
      this.#known.set(id, { isTold: true, arrived }, arrived ? {} : { ttl: BELIEVED });
    } catch {
      if (isMade) this.#known.set(id, { isTold: false, arrived: true });
    }
  }

  async arrived(call: Call, id: string): Promise<boolean> {
    if (this.#known.peek(id)?.arrived) return true;
    try {
      const [row] = await this.#database.rows<readonly [boolean]>(call, ARRIVED, this.#app, shortKey(id));
      return row?.[0] === true;
    } catch {
      return false;
    }
  }

  async #forget(): Promise<void> {
    await this.#database.run({ signal: new AbortController().signal }, FORGET, this.#app, LASTS).catch(() => undefined);
  }
}

/** By app. */
export function repliesIn(database: Database): (app: string) => FirstReplies {
  const brief = new BriefDatabase(database, PATIENCE);
  return (app) => new SharedReplies(brief, app);
}
