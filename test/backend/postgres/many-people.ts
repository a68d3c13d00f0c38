/** Unit: users. A hundredth as many groups, each with a hundredth of them, and most people in two. */
export const MANY = 20_000;

/** Makes them in an empty schema, without anybody having looked at the tables. */
export const manyPeople = `
ALTER TABLE scim.resource ALTER COLUMN seq RESTART WITH 1;
INSERT INTO scim.resource (id, type, key, external_key, display, display_key, created, modified, version, doc, folded)
SELECT gen_random_uuid()::text, 'User', 'user' || n || '@corp.example', 'ext-' || n, 'User ' || n, 'user ' || n,
  1700000000000 + n, 1700000000000 + n, 1, d::json, lower(d)::jsonb
FROM generate_series(1, ${MANY}) AS n CROSS JOIN LATERAL (SELECT json_build_object(
  'userName', 'User' || n || '@corp.example', 'externalId', 'EXT-' || n, 'title', 'Title ' || n % 50, 'active', true,
  'emails', json_build_array(json_build_object('value', 'User' || n || '@corp.example', 'type', 'work')))::text AS d) AS x;
INSERT INTO scim.email SELECT key, seq FROM scim.resource WHERE type = 'User';
INSERT INTO scim.resource (id, type, key, display, display_key, created, modified, version, doc, folded)
SELECT gen_random_uuid()::text, 'Group', 'group ' || n, 'Group ' || n, 'group ' || n,
  1700000000000 + n, 1700000000000 + n, 1, d::json, lower(d)::jsonb
FROM generate_series(1, ${MANY / 100}) AS n CROSS JOIN LATERAL (SELECT json_build_object('displayName', 'Group ' || n)::text AS d) AS x;
INSERT INTO scim.membership
SELECT g.seq, u.seq FROM scim.resource AS g JOIN scim.resource AS u
  ON u.seq % ${MANY / 100} IN (g.seq % ${MANY / 100}, g.seq * 7 % ${MANY / 100})
WHERE g.type = 'Group' AND u.type = 'User'`;
