/**
 * What people can be given, by kind: rows that an operator keeps (docs/entitlements.md). Ids are his own and exact; `key`
 * is the name in the form in which text compares.
 */
export const ENTITLEMENTS = `
CREATE TABLE scim.entitlement (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  type        text COLLATE "C" NOT NULL,
  id          text COLLATE "C" NOT NULL,
  name        text COLLATE "C" NOT NULL,
  key         text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  created     bigint NOT NULL,
  modified    bigint NOT NULL,
  UNIQUE (type, id)
);
CREATE INDEX entitlement_name ON scim.entitlement (type, key);
`;
