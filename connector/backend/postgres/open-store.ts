import { Database, type Session } from '../../postgres/database.ts';
import { migrate } from '../../postgres/migrate.ts';
import { asUnavailable, brokenConstraint, unavailable } from '../../postgres/postgres-errors.ts';
import type { Call } from '../backend.ts';
import type { Surroundings } from '../module/backend-module.ts';
import { Changes } from '../sql/changes.ts';
import type { Reader } from './row/statement.ts';
import { STEPS } from './schema/migrations.ts';
import type { PeopleSettings } from './settings.ts';
import { refuseUnfinishedMove } from './transfer/move-mark.ts';
import { BlockCounts } from './writing/block-counts.ts';
import { CreateQueue } from './writing/create-queue.ts';
import { LeftRecords } from './writing/left-records.ts';
import { type Leave, TableOutbox } from './writing/table-outbox.ts';

/** Unit: ms. */
const DEADLINE = 30_000;
/** Whoever has a database to himself. */
const ALONE = 'alone';

/** A database with its tables, the connections to it, and the changes under way. */
export class OpenStore {
  readonly database: Database;
  readonly queue: CreateQueue;
  readonly outbox: TableOutbox;
  readonly counts: BlockCounts;
  readonly left: LeftRecords;
  readonly #settings: PeopleSettings;
  readonly #deadline: number;
  readonly #changes = new Changes(() => unavailable('connector-stopping', 'the connector is stopping; try again'));

  constructor(settings: PeopleSettings, { deadline = DEADLINE, log, node = ALONE }: Surroundings) {
    this.#settings = settings;
    this.#deadline = deadline;
    this.database = new Database(settings, { schema: settings.schema, deadline, log });
    this.outbox = new TableOutbox(this.database, node);
    this.left = new LeftRecords(this.database, node);
    this.counts = new BlockCounts(this.database, deadline);
    this.queue = new CreateQueue(this.database, this.outbox, this.counts, deadline);
  }

  /** Makes the tables where there are none. @throws unavailable */
  async open(): Promise<void> {
    try {
      await this.database.open();
      const caller = { signal: AbortSignal.timeout(this.#deadline) };
      await migrate(this.database, caller, this.#settings.schema, STEPS);
      await refuseUnfinishedMove(this.database, caller);
      await this.outbox.ready();
      this.counts.fold();
    } catch (error) {
      await this.database.close();
      throw asUnavailable(error) ?? error;
    }
  }

  /** Runs a change that `drain` waits for. @throws unavailable  the store is closing */
  change<T>(work: () => Promise<T>): Promise<T> {
    return this.#changes.run(work);
  }

  /**
   * A change in a transaction of its own, which begins anew where others are in the way. What it tells stands in the
   * same commit. @throws what `work` throws, then nothing of it was done; unavailable
   */
  async transaction<T>(call: Call, work: (session: Session, leave: Leave | undefined) => Promise<T>): Promise<T> {
    const { trail } = call;
    await this.outbox.ready();
    const sweep = this.outbox.claim();
    const attempt = async (session: Session): Promise<T> => {
      // What an earlier round has told is not so.
      trail?.undone();
      const result = await work(session, this.outbox.leaving(session, trail));
      await this.outbox.sweep(session, sweep);
      return result;
    };
    try {
      return await this.database.transaction(call, attempt).catch((error: unknown) => {
        // Seen a moment before, deleted since: who asks once more is told whom nobody knows.
        if (brokenConstraint(error) !== 'membership_member_seq_fkey') throw error;
        return this.database.transaction(call, attempt);
      });
    } catch (error) {
      sweep.giveBack();
      trail?.undone();
      throw error;
    }
  }

  /** Whoever reads for `call`, each statement by itself. */
  readerFor(call: Call): Reader {
    return { rows: (text, ...params) => this.database.rows(call, text, ...params) };
  }

  /** Takes no more changes and waits for those under way. */
  drain(): Promise<void> {
    return this.#changes.drain();
  }

  async close(): Promise<void> {
    await this.counts.rest();
    try {
      await this.outbox.empty();
    } catch (error) {
      // What is left is found at the next start.
      if (!asUnavailable(error)) throw error;
    } finally {
      await this.database.close();
    }
  }
}
