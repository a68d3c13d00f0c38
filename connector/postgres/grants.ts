/** What a role needs: the schemas that are its own, and what of them applications may read. */
export interface GrantedRole {
  readonly user: string;
  readonly database: string;
  readonly schemas: readonly GrantedSchema[];
}

export interface GrantedSchema {
  readonly name: string;
  /** Views for applications; none where they have nothing to read there. */
  readonly views: readonly string[];
}

const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;
/** Within a comment, which a line break would end. */
const inOneLine = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ');
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A net beneath the connector's own deadlines: whatever it has asked and cannot take back ends by itself. */
const LIMITS: readonly (readonly [setting: string, value: string])[] = [
  ['statement_timeout', "'60s'"],
  ['lock_timeout', "'30s'"],
  ['idle_in_transaction_session_timeout', "'60s'"],
  // What Okta was told is done is on the disk, whatever the server's default is.
  ['synchronous_commit', "'on'"],
  ['search_path', "''"],
];

/** In a block of its own: there is no CREATE ROLE IF NOT EXISTS. */
const roleUnlessThere = (role: string, attributes: string): string => `DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${literal(role)}) THEN
    CREATE ROLE ${name(role)} ${attributes};
  END IF;
END $$;`;

/** Only who is in a role may make it the owner of something; a superuser may anyway. */
const joined = (role: string): string => `DO $$ BEGIN
  IF NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
     AND NOT pg_catalog.pg_has_role(${literal(role)}, 'MEMBER') THEN
    GRANT ${name(role)} TO CURRENT_USER;
  END IF;
END $$;`;

const owned = (schema: string, role: string): string => `CREATE SCHEMA IF NOT EXISTS ${name(schema)};
ALTER SCHEMA ${name(schema)} OWNER TO ${name(role)};
REVOKE ALL ON SCHEMA ${name(schema)} FROM PUBLIC;`;

function readable({ name: schema, views }: GrantedSchema, reader: string): string {
  const [first = ''] = views;
  const all = views.map((view) => `${name(schema)}.${name(view)}`).join(', ');
  return `GRANT USAGE ON SCHEMA ${name(schema)} TO ${name(reader)};
DO $$ BEGIN
  IF pg_catalog.to_regclass(${literal(`${name(schema)}.${name(first)}`)}) IS NOT NULL THEN
    GRANT SELECT ON ${all} TO ${name(reader)};
  END IF;
END $$;`;
}

/**
 * SQL that makes a role which may do what the connector does and nothing else: it owns its schemas, and has no right
 * elsewhere. May be run again, for psql. The password is left to `\password`, which sends a SCRAM verifier.
 */
export function grantsFor({ user, database, schemas }: GrantedRole): string {
  const reader = `${user}_read`;
  const read = schemas.filter(({ views }) => views.length > 0);
  const [who, where] = [user, database].map(inOneLine);
  return `-- The role ${who} of scim-connector in the database ${where}. Run it there as an administrator, as often as you like:
--   scim-connector check --print-grants | psql --dbname ${where} --set ON_ERROR_STOP=1 --quiet
-- Then give the role its password: psql --dbname ${where} --command '\\password ${who}'
SET client_min_messages = warning;

${roleUnlessThere(user, 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS')}
${joined(user)}
GRANT CONNECT ON DATABASE ${name(database)} TO ${name(user)};

-- Its own schemas, and nothing else.
${schemas.map((schema) => owned(schema.name, user)).join('\n')}

-- A net beneath the connector's own deadlines.
${LIMITS.map(([setting, value]) => `ALTER ROLE ${name(user)} IN DATABASE ${name(database)} SET ${setting} = ${value};`).join('\n')}
${read.length === 0 ? '' : readerPart(read, reader, database)}`.trimEnd();
}

const readerPart = (schemas: readonly GrantedSchema[], reader: string, database: string): string => `
-- Optional: for applications that read people, through the views alone. GRANT ${inOneLine(name(reader))} TO your_application.
-- The views are made when the connector first starts: run all of this once more after that.
${roleUnlessThere(reader, 'NOLOGIN')}
GRANT CONNECT ON DATABASE ${name(database)} TO ${name(reader)};
${schemas.map((schema) => readable(schema, reader)).join('\n')}
`;
