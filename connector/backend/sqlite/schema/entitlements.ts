/**
 * What people can be given, by kind: rows that an operator keeps (docs/entitlements.md). Ids are his own and exact; `key`
 * is the name in the form in which text compares.
 */
export const ENTITLEMENTS = `
CREATE TABLE entitlement (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  type        TEXT NOT NULL,
  id          TEXT NOT NULL,
  name        TEXT NOT NULL,
  key         TEXT NOT NULL,
  description TEXT,
  created     INTEGER NOT NULL,
  modified    INTEGER NOT NULL,
  UNIQUE (type, id)
) STRICT;
CREATE INDEX entitlement_name ON entitlement (type, key);
CREATE VIEW entitlements AS
SELECT type, id, name, description FROM entitlement;
CREATE VIEW assignments AS
SELECT r.id AS user_id, 'entitlements' AS attribute,
       json_extract(e.value, '$.type') AS type, json_extract(e.value, '$.value') AS entitlement_id
FROM resource AS r JOIN json_each(r.doc, '$.entitlements') AS e WHERE r.type = 'User'
UNION ALL
SELECT r.id, 'roles', json_extract(e.value, '$.type'), json_extract(e.value, '$.value')
FROM resource AS r JOIN json_each(r.doc, '$.roles') AS e WHERE r.type = 'User';
`;
