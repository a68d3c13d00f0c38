/**
 * Records of changes, each written in the transaction of its change, until the journal of the connector that made it has
 * them (docs/journal.md). Numbers come from one sequence for all connectors, each taking a range when it starts: nothing
 * has another's number, so that one may take over what another has left.
 */
export const OUTBOX = `
CREATE TABLE scim.outbox (
  node text COLLATE "C" NOT NULL,
  seq  bigint NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (node, seq)
);
CREATE SEQUENCE scim.outbox_range;
`;
