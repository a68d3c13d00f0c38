import type { Database } from '../../postgres/database.ts';
import type { ThrottleExchange, ThrottleHearing } from '../throttle-exchange.ts';

/** Unit of all: ms. */
const TELL_EVERY = 1000;
const PATIENCE = 2000;
const WINDOW = 60_000;
/** Between the time of a row and its commit; what is heard twice is heard once. */
const OVERLAP = 10_000;
/** Told at a time, and remembered where the database is away. */
const MOST = 10_000;

/** Failures add up in one window of all connectors, which begins with the first of them. */
const TELL = `WITH told AS (
  INSERT INTO scim.login_failure AS f (network, count, ends, changed)
  SELECT t.network, t.count, n.now + ${WINDOW}, n.now
  FROM unnest($1::text[], $2::int[]) t (network, count), (SELECT scim.now_ms() AS now) n ORDER BY t.network
  ON CONFLICT (network) DO UPDATE SET
    count = CASE WHEN f.ends > excluded.changed THEN f.count ELSE 0 END + excluded.count,
    ends = CASE WHEN f.ends > excluded.changed THEN f.ends ELSE excluded.ends END,
    changed = excluded.changed
  RETURNING network, count, ends
), good AS (
  INSERT INTO scim.login_success (app, address, at)
  SELECT g.app, g.address, scim.now_ms() FROM unnest($3::text[], $4::text[]) g (app, address) ORDER BY g.app, g.address
  ON CONFLICT DO NOTHING
), past AS (
  DELETE FROM scim.login_failure WHERE network IN (
    SELECT network FROM scim.login_failure WHERE ends < scim.now_ms() - ${WINDOW} LIMIT 100 FOR UPDATE SKIP LOCKED)
)
SELECT network, count, ends - scim.now_ms() FROM told`;

const HEAR = `SELECT 'failure', f.network, '', f.count, f.ends - scim.now_ms(), scim.now_ms() FROM scim.login_failure f
WHERE f.changed >= $1 AND f.ends > scim.now_ms()
UNION ALL (SELECT 'success', s.app, s.address, 0, 0, scim.now_ms() FROM scim.login_success s WHERE s.at >= $1 ORDER BY s.at DESC LIMIT ${MOST})
UNION ALL SELECT 'time', '', '', 0, 0, scim.now_ms()`;

type Told = readonly [network: string, count: number, left: number];
type Heard = readonly [
  kind: 'failure' | 'success' | 'time',
  first: string,
  second: string,
  count: number,
  left: number,
  now: number,
];

/** Failed attempts that all connectors count together, and where good credentials come from. */
export class SharedThrottle implements ThrottleExchange {
  readonly #database: Database;
  readonly #failed = new Map<string, number>();
  readonly #succeeded = new Map<string, readonly [app: string, address: string]>();
  #hearing: ThrottleHearing | undefined;
  #timer: NodeJS.Timeout | undefined;
  #since = 0;
  #running: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  failed(network: string): void {
    if (this.#failed.size < MOST || this.#failed.has(network))
      this.#failed.set(network, (this.#failed.get(network) ?? 0) + 1);
  }

  succeeded(app: string, address: string): void {
    if (this.#succeeded.size < MOST) this.#succeeded.set(`${app} ${address}`, [app, address]);
  }

  /** Tells `hearing` from now on what others have counted. */
  start(hearing: ThrottleHearing, tellEvery = TELL_EVERY): void {
    this.#hearing = hearing;
    this.#timer = setInterval(() => void this.exchange(), tellEvery).unref();
  }

  /** Tells what is new here and hears what is new elsewhere. One at a time. Never rejects: what could not be told is kept. */
  exchange(): Promise<void> {
    this.#running ??= this.#exchange().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.exchange();
  }

  async #exchange(): Promise<void> {
    const [failed, succeeded] = [[...this.#failed], [...this.#succeeded]];
    this.#failed.clear();
    this.#succeeded.clear();
    const caller = { signal: AbortSignal.timeout(PATIENCE) };
    try {
      if (failed.length + succeeded.length > 0) await this.#tell(caller, failed, succeeded);
      const rows = await this.#database.rows<Heard>(caller, HEAR, this.#since);
      for (const [kind, first, second, count, left, now] of rows) {
        if (kind === 'failure') this.#hearFailures(first, count, left);
        else if (kind === 'success') this.#hearing?.hearSuccess(first, second);
        else this.#since = now - OVERLAP;
      }
    } catch {
      // The credentials' own look says that the database is away.
    }
  }

  async #tell(
    caller: { readonly signal: AbortSignal },
    failed: readonly (readonly [string, number])[],
    succeeded: readonly (readonly [string, readonly [string, string]])[],
  ): Promise<void> {
    const networks = failed.map(([network]) => network);
    const counts = failed.map(([, count]) => count);
    const [apps, addresses] = [succeeded.map(([, [app]]) => app), succeeded.map(([, [, address]]) => address)];
    try {
      const told = await this.#database.rows<Told>(caller, TELL, networks, counts, apps, addresses);
      for (const [network, count, left] of told) this.#hearFailures(network, count, left);
    } catch (error) {
      for (const [network, count] of failed) this.#failed.set(network, (this.#failed.get(network) ?? 0) + count);
      for (const [key, one] of succeeded) this.#succeeded.set(key, one);
      throw error;
    }
  }

  /** With what has been counted here since it was told. */
  #hearFailures(network: string, count: number, left: number): void {
    this.#hearing?.hearFailures(network, count + (this.#failed.get(network) ?? 0), left);
  }
}
