import type { Connection } from '../connection/connection.ts';
import { ENTITLEMENTS } from './entitlements.ts';
import { NAME_KEYS } from './name-keys.ts';
import { OUTBOX } from './outbox.ts';
import { STATISTICS } from './statistics.ts';
import { TABLES } from './tables.ts';
import { VIEWS } from './views.ts';

/** "SCIM": marks a file as ours (PRAGMA application_id). */
export const APPLICATION_ID = 0x5343494d;

/** Step n takes a file from schema n to n + 1. Released steps never change; a new schema is a new step. */
const STEPS: readonly string[] = [TABLES + VIEWS + STATISTICS, NAME_KEYS, OUTBOX, ENTITLEMENTS];

export const SCHEMA = STEPS.length;

/** Brings the file from schema `from` to `SCHEMA`, each step whole or not at all. */
export function migrate(connection: Connection, from: number): void {
  for (const [index, step] of STEPS.entries()) {
    if (index < from) continue;
    connection.db.exec('BEGIN IMMEDIATE');
    try {
      connection.db.exec(step);
      connection.pragma(`application_id = ${APPLICATION_ID}`);
      connection.pragma(`user_version = ${index + 1}`);
      connection.db.exec('COMMIT');
    } catch (error) {
      if (connection.db.inTransaction) connection.db.exec('ROLLBACK');
      throw error;
    }
  }
  // Read when a file is opened, and ours may be older than they are.
  if (from < SCHEMA) connection.db.exec('ANALYZE sqlite_schema');
}
