/** Who may import what: a folder, a file or a package, and what it may know. */
export type Rule = readonly [from: string, may: readonly string[]];
/** Where settings' words are. */
export const VOCABULARY = 'connector/config/vocabulary/';
/** What the rest of the connector knows of a store. */
export const MODULE = 'connector/backend/module/';
export const LDAP = 'connector/backend/ldap/';
export const SQLITE = 'connector/backend/sqlite/';
/** What stores that speak SQL share. No driver. */
export const SQL = 'connector/backend/sql/';
const inLdap = (...rooms: readonly string[]): string[] => rooms.map((room) => `${LDAP}${room}/`);
const inSqlite = (...rooms: readonly string[]): string[] => rooms.map((room) => `${SQLITE}${room}/`);

/** The rooms of each store, from the ground up. */
export const STORE_RULES: readonly Rule[] = [
  [SQL, ['connector/scim/', 'connector/backend/backend.ts', 'connector/backend/trail.ts']],
  [
    `${SQLITE}connection/`,
    ['connector/scim/', 'connector/concurrency/', 'connector/state/open-files.ts', 'better-sqlite3', 'lru-cache'],
  ],
  [`${SQLITE}schema/`, [...inSqlite('connection'), 'connector/scim/']],
  [`${SQLITE}file/`, [...inSqlite('connection', 'schema'), MODULE, 'connector/scim/error.ts', 'connector/state/']],
  [`${SQLITE}row/`, [SQL, ...inSqlite('connection'), 'connector/scim/']],
  [`${SQLITE}query/`, [SQL, ...inSqlite('connection', 'schema'), 'connector/scim/']],
  [`${SQLITE}writing/`, [SQL, ...inSqlite('connection', 'row'), 'connector/scim/', 'connector/backend/trail.ts']],
  [
    `${SQLITE}transfer/`,
    [
      SQL,
      ...inSqlite('connection', 'schema', 'file', 'row', 'query', 'writing'),
      MODULE,
      'connector/scim/',
      'connector/secrets/password-hash.ts',
      'connector/state/partial-file.ts',
    ],
  ],
  [
    SQLITE,
    [
      SQL,
      SQLITE,
      MODULE,
      VOCABULARY,
      'connector/scim/',
      'connector/state/',
      'connector/backend/backend.ts',
      'connector/backend/trail.ts',
      'connector/secrets/password-hash.ts',
      'zod',
    ],
  ],
  [`${LDAP}directory/`, ['connector/scim/error.ts', 'connector/scim/fault-code.ts', 'ldapts']],
  [`${LDAP}connection/`, [...inLdap('directory'), 'connector/state/open-files.ts', 'ldapts']],
  [
    `${LDAP}settings/`,
    [...inLdap('connection'), MODULE, VOCABULARY, 'connector/scim/error.ts', 'connector/text/', 'zod'],
  ],
  [`${LDAP}mapping/`, [...inLdap('directory', 'settings'), 'connector/scim/']],
  [`${LDAP}layout/`, [...inLdap('directory', 'settings', 'mapping'), 'connector/scim/', 'ldapts']],
  [`${LDAP}references/`, [...inLdap('directory', 'settings', 'mapping', 'layout'), 'connector/scim/', 'lru-cache']],
  [
    `${LDAP}reading/`,
    [
      ...inLdap('directory', 'settings', 'mapping', 'layout', 'references'),
      'connector/scim/',
      'connector/backend/backend.ts',
      'lru-cache',
    ],
  ],
  [
    `${LDAP}recording/`,
    [
      ...inLdap('directory', 'mapping', 'layout'),

      'connector/scim/text.ts',
      'connector/backend/trail.ts',
      'zod',
    ],
  ],
  [
    `${LDAP}writing/`,
    [
      ...inLdap('directory', 'mapping', 'layout', 'references', 'reading', 'recording'),
      'connector/scim/',
      'connector/concurrency/',
      'connector/backend/backend.ts',
    ],
  ],
  [
    `${LDAP}examination/`,
    [...inLdap('directory', 'settings', 'mapping', 'layout', 'references'), MODULE, 'connector/scim/', 'ldapts'],
  ],
  [
    `${LDAP}explanation/`,
    [
      ...inLdap('directory', 'settings', 'mapping', 'layout', 'reading', 'examination'),
      MODULE,
      'connector/scim/',
      'ldapts',
    ],
  ],
  [`${LDAP}dry-run/`, [...inLdap('directory', 'mapping', 'layout')]],
  [
    `${LDAP}setup/`,
    [
      ...inLdap('connection', 'directory', 'settings', 'layout', 'examination'),
      MODULE,
      VOCABULARY,
      'connector/scim/',
      'ldapts',
    ],
  ],
  [
    LDAP,
    [
      LDAP,
      MODULE,
      VOCABULARY,
      'connector/scim/',
      'connector/concurrency/',
      'connector/backend/backend.ts',
      'connector/backend/trail.ts',
    ],
  ],
];
