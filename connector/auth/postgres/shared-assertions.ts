import type { Database } from '../../postgres/database.ts';
import { digestOf } from '../../secrets/secret-equality.ts';
import type { AssertionLedger } from '../oauth/used-assertions.ts';

/** Assertions that one client may have in force. */
const MOST = 50_000;
/** Clocks differ: none is forgotten before all connectors think that it has expired. Unit: s. */
const LEEWAY = 900;
/** Unit: ms. */
const PATIENCE = 5000;

/** What is over goes along, a few each time. */
const TAKE = `WITH past AS (
  DELETE FROM scim.used_assertion WHERE (app, digest) IN (
    SELECT app, digest FROM scim.used_assertion WHERE ends < scim.now_ms() / 1000 ORDER BY ends LIMIT 20 FOR UPDATE SKIP LOCKED)
), room AS (
  SELECT count(*) < $4 AS is_there FROM (SELECT 1 FROM scim.used_assertion WHERE app = $1 LIMIT $4) few
), taken AS (
  INSERT INTO scim.used_assertion (app, digest, ends) SELECT $1, $2, $3 FROM room WHERE is_there
  ON CONFLICT DO NOTHING RETURNING 1
)
SELECT (SELECT count(*) FROM taken), (SELECT is_there FROM room)`;

/** The used assertions of one app, each good once for all connectors together. */
export class SharedAssertions implements AssertionLedger {
  readonly #database: Database;
  readonly #app: string;
  readonly #most: number;

  constructor(database: Database, app: string, most = MOST) {
    this.#database = database;
    this.#app = app;
    this.#most = most;
  }

  async take(id: string, expires: number): Promise<'new' | 'used' | 'full'> {
    const [[taken, isRoom] = [0, false]] = await this.#database.rows<readonly [number, boolean]>(
      { signal: AbortSignal.timeout(PATIENCE) },
      TAKE,
      ...[this.#app, digestOf(id), Math.ceil(expires) + LEEWAY, this.#most],
    );
    if (taken === 1) return 'new';
    return isRoom ? 'used' : 'full';
  }
}
