import type { Notices } from '../../log/notices.ts';
import type { Database } from '../../postgres/database.ts';
import type { UseRecord } from '../credentials/credential-source.ts';

/** Unit of all: ms. */
const FLUSH_EVERY = 60_000;
const PATIENCE = 5000;

/** In the order of names, so that two connectors never wait for each other in a circle. */
const WRITE = `INSERT INTO scim.credential_use (name, used)
SELECT u.name, scim.now_ms() - u.age FROM unnest($1::text[], $2::bigint[]) u (name, age)
JOIN scim.credential c ON c.name = u.name
ORDER BY u.name
ON CONFLICT (name) DO UPDATE SET used = greatest(scim.credential_use.used, excluded.used)`;

/** When credentials were accepted last by this connector, written together once a minute. */
export class SharedUse implements UseRecord {
  readonly #database: Database;
  readonly #log: Notices;
  readonly #now: () => number;
  readonly #used = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  /** Said once, not every minute. */
  #isFailing = false;

  /** @param now  the clock that `touch` is told by. Unit: ms since 1970 */
  constructor(database: Database, log: Notices, now: () => number = Date.now) {
    this.#database = database;
    this.#log = log;
    this.#now = now;
  }

  touch(name: string, at: number): void {
    this.#used.set(name, at);
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_EVERY).unref();
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const used = [...this.#used];
    if (used.length === 0) return;
    const now = this.#now();
    try {
      const names = used.map(([name]) => name);
      const ages = used.map(([, at]) => Math.max(0, Math.round(now - at)));
      await this.#database.run({ signal: AbortSignal.timeout(PATIENCE) }, WRITE, names, ages);
      // Not what was used meanwhile.
      for (const [name, at] of used) if (this.#used.get(name) === at) this.#used.delete(name);
      this.#isFailing = false;
    } catch (cause) {
      if (!this.#isFailing)
        this.#log.warn(`the last use of credentials cannot be written: ${(cause as Error).message}`);
      this.#isFailing = true;
      this.#timer ??= setTimeout(() => void this.flush(), FLUSH_EVERY).unref();
    }
  }
}
