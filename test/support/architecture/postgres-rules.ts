import { MODULE, type Rule, SQL, VOCABULARY } from './store-rules.ts';

/** How a database of PostgreSQL is reached: nobody else knows its client. */
export const POSTGRES = 'connector/postgres/';

/** People in it. */
export const POSTGRES_BACKEND = 'connector/backend/postgres/';

export const POSTGRES_RULES: readonly Rule[] = [
  [
    POSTGRES,
    [
      VOCABULARY,
      'connector/scim/error.ts',
      'connector/scim/fault-code.ts',
      'connector/log/',
      'connector/text/',
      'pg',
      'zod',
    ],
  ],
  [`${POSTGRES_BACKEND}schema/`, []],
  [`${POSTGRES_BACKEND}row/`, [SQL, `${POSTGRES}postgres-errors.ts`, 'connector/scim/']],
  [
    `${POSTGRES_BACKEND}query/`,
    [SQL, `${POSTGRES_BACKEND}row/`, `${POSTGRES_BACKEND}schema/`, `${POSTGRES}postgres-errors.ts`, 'connector/scim/'],
  ],
  // What several connectors count and hold together.
  [
    'connector/holds/postgres/',
    [
      'connector/holds/',
      'connector/concurrency/',
      'connector/scim/error.ts',
      `${POSTGRES}brief-database.ts`,
      `${POSTGRES}database.ts`,
      `${POSTGRES}session.ts`,
      `${POSTGRES}postgres-errors.ts`,
      `${POSTGRES}storable.ts`,
    ],
  ],
  // What several connectors know of replies.
  [
    'connector/service/postgres/',
    [
      'connector/service/first-replies.ts',
      'connector/backend/backend.ts',
      'connector/concurrency/',
      `${POSTGRES}brief-database.ts`,
      `${POSTGRES}database.ts`,
      `${POSTGRES}storable.ts`,
      'lru-cache',
    ],
  ],
  [
    `${POSTGRES_BACKEND}writing/`,
    [
      `${POSTGRES_BACKEND}row/`,
      SQL,
      `${POSTGRES}database.ts`,
      `${POSTGRES}session.ts`,
      `${POSTGRES}postgres-errors.ts`,
      'connector/scim/',
      'connector/backend/trail.ts',
    ],
  ],
  // The journal of several connectors.
  [
    'connector/journal/postgres/',
    ['connector/journal/', 'connector/log/notices.ts', `${POSTGRES}database.ts`, `${POSTGRES}postgres-errors.ts`],
  ],
  [
    `${POSTGRES_BACKEND}entitlements/`,
    [
      `${POSTGRES_BACKEND}schema/`,
      `${POSTGRES_BACKEND}row/statement.ts`,
      `${POSTGRES_BACKEND}writing/storable.ts`,
      POSTGRES,
      MODULE,
      SQL,
      'connector/scim/',
      'connector/backend/backend.ts',
    ],
  ],
  [
    `${POSTGRES_BACKEND}setup/`,
    [
      `${POSTGRES}address.ts`,
      `${POSTGRES}examination/`,
      `${POSTGRES}settings.ts`,
      MODULE,
      'connector/secrets/secret.ts',
    ],
  ],
  [
    `${POSTGRES_BACKEND}transfer/`,
    [
      `${POSTGRES_BACKEND}schema/`,
      `${POSTGRES_BACKEND}row/`,
      `${POSTGRES_BACKEND}writing/`,
      POSTGRES,
      MODULE,
      SQL,
      'connector/scim/',
    ],
  ],
  [
    POSTGRES_BACKEND,
    [
      POSTGRES_BACKEND,
      SQL,
      POSTGRES,
      MODULE,
      VOCABULARY,
      'connector/scim/',
      'connector/backend/backend.ts',
      'connector/backend/trail.ts',
      'connector/secrets/password-hash.ts',
      'zod',
    ],
  ],
];

/** What several connectors have together, in a database. */
export const SHARED_STATE_RULES: readonly Rule[] = [
  [
    'connector/shared-state/',
    [
      'connector/auth/postgres/tables.ts',
      'connector/backend/catalogue.ts',
      'connector/config/config.ts',
      'connector/config/schema/settings.ts',
      'connector/holds/postgres/tables.ts',
      'connector/journal/postgres/tables.ts',
      'connector/service/postgres/tables.ts',
      'connector/log/notices.ts',
      `${POSTGRES}database.ts`,
      `${POSTGRES}migrate.ts`,
      'connector/scim/error.ts',
      'connector/secrets/',
      'connector/state/node-id.ts',
    ],
  ],
];
