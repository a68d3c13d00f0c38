/** "SCIJ": marks a file as a journal of ours (PRAGMA application_id). */
export const APPLICATION_ID = 0x5343494a;

/** Step n takes a file from format n to n + 1 (PRAGMA user_version). Released steps never change. */
export const STEPS: readonly string[] = [
  `
CREATE TABLE record (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  key      TEXT NOT NULL UNIQUE,
  ref      TEXT NOT NULL,
  time     INTEGER NOT NULL,
  app      TEXT NOT NULL,
  message  TEXT NOT NULL,
  outcome  TEXT NOT NULL,
  stranger INTEGER NOT NULL,
  doc      TEXT NOT NULL
) STRICT;
CREATE INDEX record_ref ON record (ref);
CREATE INDEX record_time ON record (time);
CREATE INDEX record_stranger ON record (seq) WHERE stranger = 1;
CREATE TABLE about (
  value TEXT NOT NULL,
  seq   INTEGER NOT NULL REFERENCES record (seq) ON DELETE CASCADE,
  PRIMARY KEY (value, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX about_record ON about (seq);
CREATE TABLE intent (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  app     TEXT NOT NULL,
  key     TEXT NOT NULL,
  about   TEXT NOT NULL,
  plan    TEXT NOT NULL,
  doc     TEXT NOT NULL,
  outcome TEXT,
  words   TEXT
) STRICT;
`,
];
