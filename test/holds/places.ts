import { join } from 'node:path';
import type { Desk } from '../../connector/holds/desk.ts';
import { DeskFile } from '../../connector/holds/file/desk-file.ts';
import { LedgerFile } from '../../connector/holds/file/ledger-file.ts';
import type { Ledger } from '../../connector/holds/ledger.ts';
import { DeskTables } from '../../connector/holds/postgres/desk-tables.ts';
import { LedgerTables } from '../../connector/holds/postgres/ledger-tables.ts';
import { Database } from '../../connector/postgres/database.ts';
import { migrate } from '../../connector/postgres/migrate.ts';
import { STEPS } from '../../connector/shared-state/steps.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres/fresh-database.ts';

/** Where holds are kept. */
export interface Place {
  readonly clock: () => number;
  open(): Promise<void>;
  /** As of a connector of its own. */
  ledger(): Ledger;
  desk(): Desk;
  /** Lets time pass. Unit: ms. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

export class FilePlace implements Place {
  readonly file: string;
  now = Date.UTC(2026, 0, 5);

  constructor(folder: string) {
    this.file = join(folder, 'holds.db');
  }

  readonly clock = (): number => this.now;

  async open(): Promise<void> {}

  ledger(): Ledger {
    return new LedgerFile({ file: this.file, now: this.clock });
  }

  desk(): Desk {
    return new DeskFile(this.file, this.clock);
  }

  async pass(ms: number): Promise<void> {
    this.now += ms;
  }

  async close(): Promise<void> {}
}

/** What has happened, put back in time: the clock is the database's. */
const earlier = (ms: number): string => `
  UPDATE scim_state.hold_event SET at = at - ${ms};
  UPDATE scim_state.hold_verdict SET until = until - ${ms};
  UPDATE scim_state.hold_app SET since = since - ${ms}, verdicts_until = verdicts_until - ${ms};
  UPDATE scim_state.held SET first = first - ${ms}, last = last - ${ms};
  UPDATE scim_state.hold SET opened = opened - ${ms}, ended = ended - ${ms};`;

export class PostgresPlace implements Place {
  readonly schema = 'scim_state';
  databases: Database[] = [];
  fresh!: FreshDatabase;
  readonly #isPooled: boolean;

  constructor(isPooled = false) {
    this.#isPooled = isPooled;
  }

  readonly clock = (): number => Date.now();

  async open(): Promise<void> {
    this.fresh = await freshDatabase({ schemas: [this.schema], pooled: this.#isPooled });
    await migrate(this.database(), { signal: AbortSignal.timeout(10_000) }, this.schema, STEPS);
  }

  /** A pool of its own, as each connector has. */
  database(): Database {
    const database = new Database(this.fresh.settings, { schema: this.schema, deadline: 10_000 });
    this.databases.push(database);
    return database;
  }

  ledger(): Ledger {
    return new LedgerTables(this.database());
  }

  desk(): Desk {
    return new DeskTables(this.databases[0] ?? this.database());
  }

  async pass(ms: number): Promise<void> {
    await this.fresh.admin(earlier(ms));
  }

  async close(): Promise<void> {
    await Promise.all(this.databases.map((database) => database.close().catch(() => undefined)));
    this.databases = [];
    await this.fresh.drop();
  }
}
