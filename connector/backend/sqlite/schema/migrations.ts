import type { Connection } from '../connection/connection.ts';
import { VIEWS } from './views.ts';

/** "SCIM": marks a file as ours (PRAGMA application_id). */
export const APPLICATION_ID = 0x5343494d;

/** Size of a block of `seq` in `block_count`, as a power of two: what one page request may have to step over. */
export const BLOCK_BITS = 12;

const RESOURCES = `
CREATE TABLE resource (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE COLLATE NOCASE,
  type         TEXT NOT NULL CHECK (type IN ('User', 'Group')),
  key          TEXT NOT NULL,
  external_key TEXT,
  display      TEXT NOT NULL,
  created      INTEGER NOT NULL,
  modified     INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  doc          TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX resource_user_name ON resource (key) WHERE type = 'User';
CREATE UNIQUE INDEX resource_group_name ON resource (key) WHERE type = 'Group';
CREATE INDEX resource_external ON resource (type, external_key) WHERE external_key IS NOT NULL;
CREATE INDEX resource_modified ON resource (type, modified);
CREATE INDEX resource_type ON resource (type);

CREATE TABLE email (
  value TEXT NOT NULL,
  seq   INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
  PRIMARY KEY (value, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX email_resource ON email (seq);

CREATE TABLE membership (
  group_seq  INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
  member_seq INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
  PRIMARY KEY (group_seq, member_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_member ON membership (member_seq, group_seq);

CREATE TABLE password (
  seq  INTEGER PRIMARY KEY REFERENCES resource (seq) ON DELETE CASCADE,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE block_count (
  type  TEXT NOT NULL,
  block INTEGER NOT NULL,
  live  INTEGER NOT NULL,
  PRIMARY KEY (type, block)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER resource_counted AFTER INSERT ON resource BEGIN
  INSERT INTO block_count VALUES (new.type, new.seq >> ${BLOCK_BITS}, 1)
    ON CONFLICT DO UPDATE SET live = live + 1;
END;
CREATE TRIGGER resource_uncounted AFTER DELETE ON resource BEGIN
  UPDATE block_count SET live = live - 1 WHERE type = old.type AND block = old.seq >> ${BLOCK_BITS};
END;
`;

/**
 * Statistics as ANALYZE would write them for a big company, fixed so that plans do not change with the data: the type
 * alone selects next to nothing, every other index selects well. A row: table, index, rows, rows per distinct prefix.
 */
const STATISTICS = `
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('resource', 'sqlite_autoindex_resource_1', '1000000 1'),
  ('resource', 'resource_user_name', '900000 1'),
  ('resource', 'resource_group_name', '100000 1'),
  ('resource', 'resource_external', '900000 500000 1'),
  ('resource', 'resource_modified', '1000000 500000 1'),
  ('resource', 'resource_type', '1000000 500000'),
  ('email', 'email', '1000000 1 1'),
  ('email', 'email_resource', '1000000 1'),
  ('membership', 'membership', '1000000 100 1'),
  ('membership', 'membership_member', '1000000 5 1');
`;

/** Step n takes a file from schema n to n + 1. Released steps never change; a new schema is a new step. */
const STEPS: readonly string[] = [RESOURCES + VIEWS + STATISTICS];

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
