const instant = (column: string): string => `to_timestamp(${column} / 1000.0)`;

const elements = (attribute: string): string =>
  `json_array_elements(CASE json_typeof(r.doc -> '${attribute}') WHEN 'array' THEN r.doc -> '${attribute}' ELSE '[]' END)`;

const assignments = (attribute: string): string => `
SELECT r.id AS user_id, '${attribute}' AS attribute, e.value ->> 'type' AS type, e.value ->> 'value' AS entitlement_id
FROM scim.resource AS r CROSS JOIN LATERAL ${elements(attribute)} AS e (value) WHERE r.type = 'User'`;

/**
 * What applications may read (columns as in docs/sqlite.md): these views and their columns stay, the tables beneath may change. A
 * hash is shown to roles alone that may read the table of them: whoever is granted the view sees NULL there.
 */
export const VIEWS = `
CREATE VIEW scim.users AS
SELECT r.id,
       r.doc ->> 'userName' AS user_name,
       coalesce((r.doc ->> 'active')::boolean, true) AS active,
       r.doc -> 'name' ->> 'givenName' AS given_name,
       r.doc -> 'name' ->> 'familyName' AS family_name,
       r.doc -> 'name' ->> 'formatted' AS formatted_name,
       r.doc ->> 'displayName' AS display_name,
       (SELECT e.value ->> 'value' FROM ${elements('emails')} WITH ORDINALITY AS e (value, place)
         ORDER BY e.value ->> 'primary' = 'true' IS TRUE DESC, e.place LIMIT 1) AS primary_email,
       CASE WHEN has_table_privilege('scim.password'::regclass, 'SELECT')
         THEN (SELECT p.hash FROM scim.password AS p WHERE p.seq = r.seq) END AS password_hash,
       r.doc ->> 'externalId' AS external_id,
       ${instant('r.created')} AS created,
       ${instant('r.modified')} AS last_modified,
       r.doc
FROM scim.resource AS r
WHERE r.type = 'User';

CREATE VIEW scim.groups AS
SELECT r.id,
       r.doc ->> 'displayName' AS display_name,
       r.doc -> 'urn:okta:custom:group:1.0' ->> 'description' AS description,
       r.doc ->> 'externalId' AS external_id,
       ${instant('r.created')} AS created,
       ${instant('r.modified')} AS last_modified,
       r.doc
FROM scim.resource AS r
WHERE r.type = 'Group';

CREATE VIEW scim.memberships AS
SELECT g.id AS group_id, m.id AS member_id, m.type AS member_type
FROM scim.membership AS s JOIN scim.resource AS g ON g.seq = s.group_seq JOIN scim.resource AS m ON m.seq = s.member_seq;

CREATE VIEW scim.entitlements AS
SELECT type, id, name, description FROM scim.entitlement;

CREATE VIEW scim.assignments AS
${assignments('entitlements')}
UNION ALL
${assignments('roles')};
`;
