/** "SCIJ": marks a file as a journal of ours (PRAGMA application_id). */
export const APPLICATION_ID = 0x5343494a;

/**
 * Whatever is written goes to the ends of few trees. References and names are at random: an index of them would write a
 * page of its own for each, many times what the records take. They stand in a narrow table that is read as a whole, by a
 * command, when somebody looks for one.
 *
 * Step n takes a file from format n to n + 1 (PRAGMA user_version). Released steps never change.
 */
export const STEPS: readonly string[] = [
  `
CREATE TABLE record (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  key      TEXT NOT NULL UNIQUE,
  time     INTEGER NOT NULL,
  app      TEXT NOT NULL,
  message  TEXT NOT NULL,
  outcome  TEXT NOT NULL,
  stranger INTEGER NOT NULL,
  doc      TEXT NOT NULL
) STRICT;
CREATE INDEX record_time ON record (time);
CREATE INDEX record_stranger ON record (seq) WHERE stranger = 1;
CREATE TABLE lookup (
  seq   INTEGER PRIMARY KEY REFERENCES record (seq) ON DELETE CASCADE,
  ref   TEXT NOT NULL,
  about TEXT NOT NULL
) STRICT;
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
