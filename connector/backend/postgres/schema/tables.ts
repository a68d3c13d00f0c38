/**
 * A row per resource: the document as it was written, the same with every text folded, which is what filters look at, and
 * the keys it is found by. Text is compared by code points (COLLATE "C"), whatever the database was made with.
 *
 * Ids are found whatever their case. The index of names is a partial one only so that no foreign key could refer to it:
 * a change of name then disturbs nobody who adds the person to a group.
 */
export const TABLES = `
CREATE TABLE scim.resource (
  seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           text COLLATE "C" NOT NULL,
  type         text COLLATE "C" NOT NULL CHECK (type IN ('User', 'Group')),
  key          text COLLATE "C" NOT NULL,
  twin         integer NOT NULL DEFAULT 0,
  external_key text COLLATE "C",
  display      text COLLATE "C" NOT NULL,
  display_key  text COLLATE "C" NOT NULL,
  created      bigint NOT NULL,
  modified     bigint NOT NULL,
  version      bigint NOT NULL,
  doc          json NOT NULL,
  folded       jsonb NOT NULL
);
CREATE UNIQUE INDEX resource_id ON scim.resource (lower(id));
CREATE UNIQUE INDEX resource_name ON scim.resource (type, key, twin) WHERE key IS NOT NULL;
CREATE INDEX resource_external ON scim.resource (type, external_key) WHERE external_key IS NOT NULL;
CREATE INDEX resource_modified ON scim.resource (type, modified);
CREATE INDEX resource_type ON scim.resource (type, seq);

CREATE TABLE scim.email (
  value text COLLATE "C" NOT NULL,
  seq   bigint NOT NULL REFERENCES scim.resource (seq) ON DELETE CASCADE,
  PRIMARY KEY (value, seq)
);
CREATE INDEX email_resource ON scim.email (seq);

CREATE TABLE scim.membership (
  group_seq  bigint NOT NULL REFERENCES scim.resource (seq) ON DELETE CASCADE,
  member_seq bigint NOT NULL REFERENCES scim.resource (seq) ON DELETE CASCADE,
  PRIMARY KEY (group_seq, member_seq)
);
CREATE INDEX membership_member ON scim.membership (member_seq, group_seq);

CREATE TABLE scim.password (
  seq  bigint PRIMARY KEY REFERENCES scim.resource (seq) ON DELETE CASCADE,
  hash text NOT NULL
);
`;
