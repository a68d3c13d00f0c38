const instant = (column: string): string =>
  `strftime('%Y-%m-%dT%H:%M:%S', ${column} / 1000, 'unixepoch') || printf('.%03dZ', ${column} % 1000)`;

const text = (path: string): string => `json_extract(r.doc, '$.${path}')`;

/**
 * What applications may read (docs/sqlite.md): these views and their columns stay, the tables beneath may change.
 * They use nothing but SQLite's own functions, so that any program can read them.
 */
export const VIEWS = `
CREATE VIEW users AS
SELECT r.id,
       ${text('userName')} AS user_name,
       coalesce(${text('active')}, 1) AS active,
       ${text('name.givenName')} AS given_name,
       ${text('name.familyName')} AS family_name,
       ${text('name.formatted')} AS formatted_name,
       ${text('displayName')} AS display_name,
       (SELECT json_extract(e.value, '$.value') FROM json_each(r.doc, '$.emails') AS e
         ORDER BY json_extract(e.value, '$.primary') IS 1 DESC, e.key LIMIT 1) AS primary_email,
       p.hash AS password_hash,
       ${text('externalId')} AS external_id,
       ${instant('r.created')} AS created,
       ${instant('r.modified')} AS last_modified,
       r.doc
FROM resource AS r LEFT JOIN password AS p ON p.seq = r.seq
WHERE r.type = 'User';

CREATE VIEW groups AS
SELECT r.id,
       ${text('displayName')} AS display_name,
       ${text('"urn:okta:custom:group:1.0".description')} AS description,
       ${text('externalId')} AS external_id,
       ${instant('r.created')} AS created,
       ${instant('r.modified')} AS last_modified,
       r.doc
FROM resource AS r
WHERE r.type = 'Group';

CREATE VIEW memberships AS
SELECT g.id AS group_id, m.id AS member_id, m.type AS member_type
FROM membership AS s JOIN resource AS g ON g.seq = s.group_seq JOIN resource AS m ON m.seq = s.member_seq;
`;
