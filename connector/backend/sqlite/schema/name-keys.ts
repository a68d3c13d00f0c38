/** The natural key in a resource's document. */
export const NAME = `json_extract(doc, CASE type WHEN 'User' THEN '$.userName' ELSE '$.displayName' END)`;

/**
 * Keys in the form of `nameKey`: what differs in blanks, width, accents' form or invisible characters alone is one name.
 * Those who had two spellings of it before are twins: all of them stay, numbered in `twin`, and `check` names them.
 * Anybody else's number is 0, so that the index still refuses a second one.
 */
export const NAME_KEYS = `
ALTER TABLE resource ADD COLUMN twin INTEGER NOT NULL DEFAULT 0;
DROP INDEX resource_user_name;
DROP INDEX resource_group_name;
UPDATE resource SET key = name_key(${NAME}) WHERE key <> name_key(${NAME});
UPDATE resource SET twin = numbered.twin
FROM (SELECT seq, row_number() OVER (PARTITION BY type, key ORDER BY seq) - 1 AS twin FROM resource) AS numbered
WHERE numbered.seq = resource.seq AND numbered.twin > 0;
CREATE UNIQUE INDEX resource_user_name ON resource (key, twin) WHERE type = 'User';
CREATE UNIQUE INDEX resource_group_name ON resource (key, twin) WHERE type = 'Group';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('resource', 'resource_user_name', '900000 1 1'),
  ('resource', 'resource_group_name', '100000 1 1');
`;
