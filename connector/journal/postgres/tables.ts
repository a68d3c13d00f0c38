/**
 * The records of all connectors that share a database, each once (docs/journal.md). Whoever writes here holds one lock, so
 * numbers rise in the order in which rows can be seen, and a reader that goes on after a number misses none.
 *
 * `at` is the database's clock: those of the connectors may differ. Unit: ms since 1970. `size` is that of a record when it
 * was told first, and `journal_total` their sum. `journal_copy` says up to where the file of a connector was copied.
 */
export const JOURNAL_TABLES = `
CREATE TABLE scim.journal (
  seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key      text COLLATE "C" NOT NULL UNIQUE,
  node     text COLLATE "C" NOT NULL,
  at       bigint NOT NULL,
  app      text COLLATE "C" NOT NULL,
  message  text COLLATE "C" NOT NULL,
  outcome  text COLLATE "C" NOT NULL,
  stranger boolean NOT NULL,
  adopted  text COLLATE "C",
  ref      text COLLATE "C" NOT NULL,
  about    text[] COLLATE "C" NOT NULL,
  size     integer NOT NULL,
  doc      text COLLATE "C" NOT NULL
);
CREATE INDEX journal_at ON scim.journal (at, seq);
CREATE INDEX journal_ref ON scim.journal (ref);
CREATE INDEX journal_about ON scim.journal USING gin (about);
CREATE INDEX journal_stranger ON scim.journal (seq) WHERE stranger;
CREATE INDEX journal_adopted ON scim.journal (adopted) WHERE adopted IS NOT NULL;
CREATE TABLE scim.journal_copy (
  node   text COLLATE "C" NOT NULL,
  file   text COLLATE "C" NOT NULL,
  name   text NOT NULL,
  seq    bigint NOT NULL,
  retold bigint NOT NULL,
  PRIMARY KEY (node, file)
);
CREATE TABLE scim.journal_total (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  bytes bigint NOT NULL
);
INSERT INTO scim.journal_total (bytes) VALUES (0);
`;
