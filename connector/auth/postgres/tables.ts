/**
 * What clients log in with, as operators made it, hashed. The row of the version is locked by whoever changes them: it tells
 * others that there is news. Unit of times: ms since 1970, of `ends` s.
 */
export const CREDENTIAL_TABLES = `
CREATE TABLE scim.credential_version (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  version bigint NOT NULL
);
INSERT INTO scim.credential_version (version) VALUES (1);
CREATE TABLE scim.credential (
  name text COLLATE "C" PRIMARY KEY,
  seq  bigint GENERATED ALWAYS AS IDENTITY,
  doc  json NOT NULL
);
CREATE TABLE scim.credential_use (
  name text COLLATE "C" PRIMARY KEY,
  used bigint NOT NULL
);
CREATE TABLE scim.used_assertion (
  app    text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  ends   bigint NOT NULL,
  PRIMARY KEY (app, digest)
);
CREATE INDEX used_assertion_ends ON scim.used_assertion (ends);
CREATE TABLE scim.login_failure (
  network text COLLATE "C" PRIMARY KEY,
  count   integer NOT NULL,
  ends    bigint NOT NULL,
  changed bigint NOT NULL
);
CREATE INDEX login_failure_changed ON scim.login_failure (changed);
CREATE TABLE scim.login_success (
  app     text COLLATE "C" NOT NULL,
  address text COLLATE "C" NOT NULL,
  at      bigint NOT NULL,
  PRIMARY KEY (app, address)
);
CREATE INDEX login_success_at ON scim.login_success (at);
`;
