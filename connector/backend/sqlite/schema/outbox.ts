/** Records of changes, each written in the transaction of its change, until the journal has them (docs/journal.md). */
export const OUTBOX = `
CREATE TABLE outbox (
  seq  INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;
`;
