import type { Database } from '../../../postgres/database.ts';

/** Rows that are added to `block_count` until they are folded together, and most that are taken at a time. */
const MANY = 256;
const MOST = 50_000;

/** Rows that somebody else folds at the moment are his. The sums stay as they are, for whoever reads meanwhile too. */
const FOLD = `
WITH gone AS (
  DELETE FROM scim.block_count
  WHERE ctid = ANY (ARRAY(SELECT ctid FROM scim.block_count LIMIT ${MOST} FOR UPDATE SKIP LOCKED))
  RETURNING type, block, live
)
INSERT INTO scim.block_count (type, block, live)
SELECT type, block, sum(live) FROM gone GROUP BY type, block HAVING sum(live) <> 0`;

const ARE_MANY = `SELECT count(*) > ${MANY} FROM (SELECT FROM scim.block_count LIMIT ${MANY + 1}) AS few`;

/** Keeps the rows few that count resources: each statement that makes or deletes some adds one. Nobody waits for it. */
export class BlockCounts {
  readonly #database: Database;
  readonly #deadline: number;
  #added = 0;
  #folding: Promise<void> | undefined;

  /** @param deadline  unit: ms */
  constructor(database: Database, deadline: number) {
    this.#database = database;
    this.#deadline = deadline;
  }

  /** A statement has made or deleted resources. */
  changed(): void {
    this.#added += 1;
    if (this.#added >= MANY) this.fold();
  }

  /** In the background, where there is much to fold: what a bulk load has left, or another who has ended. */
  fold(): void {
    this.#added = 0;
    this.#folding ??= this.#fold().finally(() => {
      this.#folding = undefined;
    });
  }

  /** Waits for what runs. */
  async rest(): Promise<void> {
    await this.#folding;
  }

  async #fold(): Promise<void> {
    const caller = { signal: AbortSignal.timeout(this.#deadline) };
    try {
      const [[areMany] = [false]] = await this.#database.rows<readonly [boolean]>(caller, ARE_MANY);
      if (areMany) await this.#database.run(caller, FOLD);
    } catch {
      // The sums are right without it; the next one does it.
    }
  }
}
