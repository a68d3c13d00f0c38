import { SLOT, SUM_TABLES } from './sums.ts';

/** As in the file (holds/file/tables.ts). Keys are short, as an index entry must be. Unit of times: ms since 1970, by the database. */
export const HOLD_TABLES = `
CREATE TABLE scim.hold_app (
  name      text COLLATE "C" PRIMARY KEY,
  read_only boolean NOT NULL DEFAULT false,
  verdicts_until bigint NOT NULL DEFAULT 0,
  actor     text NOT NULL DEFAULT '',
  reason    text NOT NULL DEFAULT '',
  since     bigint NOT NULL DEFAULT 0
);
CREATE TABLE scim.hold_event (
  app    text COLLATE "C" NOT NULL,
  kind   text COLLATE "C" NOT NULL,
  scope  text COLLATE "C" NOT NULL,
  key    text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  claims bigint NOT NULL,
  at     bigint NOT NULL,
  slot   bigint NOT NULL GENERATED ALWAYS AS (at / ${SLOT}) STORED,
  PRIMARY KEY (app, kind, scope, key)
);
CREATE INDEX hold_event_slot ON scim.hold_event (slot, app, kind, scope);
CREATE TABLE scim.hold (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app     text COLLATE "C" NOT NULL,
  kind    text NOT NULL,
  scope   text NOT NULL,
  text    text NOT NULL,
  opened  bigint NOT NULL,
  ended   bigint,
  outcome text,
  actor   text,
  reason  text,
  beyond  bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX hold_open ON scim.hold (app) WHERE ended IS NULL;
CREATE TABLE scim.held (
  seq   bigint GENERATED ALWAYS AS IDENTITY,
  hold  bigint NOT NULL REFERENCES scim.hold (id) ON DELETE CASCADE,
  key   text COLLATE "C" NOT NULL,
  first bigint NOT NULL,
  last  bigint NOT NULL,
  times bigint NOT NULL,
  doc   text NOT NULL,
  PRIMARY KEY (hold, key)
);
CREATE TABLE scim.hold_verdict (
  app     text COLLATE "C" NOT NULL,
  kind    text COLLATE "C" NOT NULL,
  scope   text COLLATE "C" NOT NULL,
  key     text COLLATE "C" NOT NULL,
  outcome text NOT NULL,
  hold    bigint NOT NULL,
  until   bigint NOT NULL,
  PRIMARY KEY (app, kind, scope, key)
);
${SUM_TABLES}`;
