/** "SCIH": marks a file as one of holds (PRAGMA application_id). */
export const APPLICATION_ID = 0x53434948;

/** Step n takes a file from format n to n + 1 (PRAGMA user_version). Released steps never change. Times: ms since 1970. */
export const STEPS: readonly string[] = [
  `
CREATE TABLE app (
  name      TEXT PRIMARY KEY,
  read_only INTEGER NOT NULL DEFAULT 0,
  verdicts_until INTEGER NOT NULL DEFAULT 0,
  actor     TEXT NOT NULL DEFAULT '',
  reason    TEXT NOT NULL DEFAULT '',
  since     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE event (
  app    TEXT NOT NULL,
  kind   TEXT NOT NULL,
  scope  TEXT NOT NULL,
  key    TEXT NOT NULL,
  amount INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (app, kind, scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_at ON event (app, kind, scope, at, amount);
CREATE TABLE hold (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  app     TEXT NOT NULL,
  kind    TEXT NOT NULL,
  scope   TEXT NOT NULL,
  text    TEXT NOT NULL,
  opened  INTEGER NOT NULL,
  ended   INTEGER,
  outcome TEXT,
  actor   TEXT,
  reason  TEXT,
  beyond  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX hold_open ON hold (app) WHERE ended IS NULL;
CREATE TABLE held (
  hold  INTEGER NOT NULL REFERENCES hold (id) ON DELETE CASCADE,
  key   TEXT NOT NULL,
  first INTEGER NOT NULL,
  last  INTEGER NOT NULL,
  times INTEGER NOT NULL,
  doc   TEXT NOT NULL,
  PRIMARY KEY (hold, key)
) STRICT;
CREATE TABLE verdict (
  app     TEXT NOT NULL,
  kind    TEXT NOT NULL,
  scope   TEXT NOT NULL,
  key     TEXT NOT NULL,
  outcome TEXT NOT NULL,
  hold    INTEGER NOT NULL,
  until   INTEGER NOT NULL,
  PRIMARY KEY (app, kind, scope, key)
) STRICT, WITHOUT ROWID;
`,
];
