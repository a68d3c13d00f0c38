import { BLOCK_BITS } from './blocks.ts';

/** A row per resource, with its document and the keys it is found by; what hangs on it follows by foreign keys. */
export const TABLES = `
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
