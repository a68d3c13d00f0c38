/** What they keep from whoever reads the database alone, sealed under its name (secrets/sealed.ts). */
export const KEY_TABLES = `
CREATE TABLE scim.shared_key (
  name      text COLLATE "C" PRIMARY KEY,
  sealed    text COLLATE "C" NOT NULL,
  sealed_by text NOT NULL,
  changed   bigint NOT NULL
);
`;

/** The connectors that share the database. Times are the database's. Unit: ms since 1970. */
export const NODE_TABLES = `
CREATE TABLE scim.node (
  id      text COLLATE "C" PRIMARY KEY,
  run     text COLLATE "C" NOT NULL,
  name    text NOT NULL,
  version text NOT NULL,
  started bigint NOT NULL,
  seen    bigint NOT NULL,
  apps    jsonb NOT NULL
);
CREATE FUNCTION scim.now_ms() RETURNS bigint LANGUAGE sql VOLATILE
  AS $$ SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint $$;
`;
