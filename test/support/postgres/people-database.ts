/** Databases for stores of people: made once, and emptied for the next test. */
import { PostgresBackend } from '../../../connector/backend/postgres/postgres-backend.ts';
import type { PeopleSettings } from '../../../connector/backend/postgres/settings.ts';
import { type FreshDatabase, freshDatabase } from './fresh-database.ts';
import { missingPostgres } from './installed.ts';

/** A database with an empty schema of people, ours until it is given back. */
export interface PeopleDatabase {
  readonly fresh: FreshDatabase;
  readonly settings: PeopleSettings;
  /** Empties it for whoever comes next. */
  giveBack(): Promise<void>;
}

const EMPTY = `
DELETE FROM scim.resource;
DELETE FROM scim.block_count;
DELETE FROM scim.outbox;
DELETE FROM scim.entitlement`;

/** Those that no test of this process uses at the moment. */
const idle: PeopleDatabase[] = [];

/** The tables are there, so that opening it costs a test next to nothing. */
export async function peopleDatabase(): Promise<PeopleDatabase> {
  const waiting = idle.pop();
  if (waiting) return waiting;
  const reason = await missingPostgres();
  if (reason !== undefined) throw new Error(reason);
  const fresh = await freshDatabase();
  const settings: PeopleSettings = { ...fresh.settings, schema: 'scim', passwords: 'hash' };
  const backend = new PostgresBackend(settings);
  await backend.open();
  await backend.close();
  const made: PeopleDatabase = {
    fresh,
    settings,
    giveBack: async () => {
      await fresh.admin(EMPTY);
      idle.push(made);
    },
  };
  return made;
}
