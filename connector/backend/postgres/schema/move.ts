/**
 * How far a move from another store has come: one row at most. Each batch is
 * written together with it, and what is not finished is not served.
 */
export const MOVE = `
CREATE TABLE scim.move (
  sole     boolean PRIMARY KEY DEFAULT true CHECK (sole),
  digest   text NOT NULL,
  room     integer,
  key      bigint,
  second   bigint,
  done     bigint NOT NULL DEFAULT 0,
  begun    timestamptz NOT NULL DEFAULT now(),
  finished timestamptz
);
`;
